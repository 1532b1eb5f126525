import { Field, ID, InputType } from '@nestjs/graphql';
import { DateTime } from '../platform/scalars.js';

@InputType()
export class CreateAppInput {
  @Field(() => String)
  name: string;

  @Field(() => String)
  environment: string;
}

@InputType()
export class CreateTokenInput {
  @Field(() => ID)
  appId: string;

  @Field(() => String)
  name: string;

  @Field(() => Boolean, { nullable: true, defaultValue: true })
  allProviders?: boolean | null;

  @Field(() => [String], { nullable: true })
  providers?: string[] | null;

  @Field(() => DateTime, { nullable: true })
  expiresAt?: Date | null;
}
