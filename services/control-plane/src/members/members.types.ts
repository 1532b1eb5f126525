import { Field, ID, InputType, ObjectType } from '@nestjs/graphql';
import { Role } from '@weir/prisma';
import { z } from 'zod';
import { displayName, email } from '../accounts/email.js';
import { password } from '../accounts/password.js';
import { DateTime } from '../platform/scalars.js';

@ObjectType('Member')
export class MemberType {
  @Field(() => ID)
  id: string;

  @Field(() => String)
  email: string;

  @Field(() => String)
  displayName: string;

  @Field(() => Role)
  role: Role;

  @Field(() => DateTime)
  createdAt: Date;

  @Field(() => Boolean)
  invited: boolean;
}

@ObjectType('Invitation')
export class InvitationType {
  @Field(() => String)
  email: string;

  @Field(() => String, { description: 'Shown once: the link the person opens.' })
  link: string;

  @Field(() => DateTime)
  expiresAt: Date;
}

@InputType()
export class InviteMemberInput {
  @Field(() => String)
  email: string;

  @Field(() => String)
  displayName: string;

  @Field(() => Role)
  role: Role;
}

export const inviteMemberInput = z.object({ email, displayName, role: z.enum(Role) });

@InputType()
export class AcceptInvitationInput {
  @Field(() => String)
  token: string;

  @Field(() => String)
  password: string;
}

export const acceptInvitationInput = z.object({ token: z.string().max(256), password });
