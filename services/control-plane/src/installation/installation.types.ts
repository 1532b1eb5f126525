import { Field, InputType, ObjectType } from '@nestjs/graphql';
import { z } from 'zod';
import { displayName, email } from '../accounts/email.js';
import { password } from '../accounts/password.js';

@ObjectType('Installation')
export class InstallationType {
  @Field(() => Boolean)
  setUpOpen: boolean;

  @Field(() => Boolean)
  signedIn: boolean;

  @Field(() => String)
  version: string;
}

@InputType()
export class SetUpInput {
  @Field(() => String)
  token: string;

  @Field(() => String)
  email: string;

  @Field(() => String)
  displayName: string;

  @Field(() => String)
  password: string;
}

export const setUpInput = z.object({ token: z.string().max(256), email, displayName, password });
