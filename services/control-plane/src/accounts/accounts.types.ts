import { Field, ID, InputType, ObjectType, registerEnumType } from '@nestjs/graphql';
import { Role } from '@weir/prisma';
import { z } from 'zod';
import { password } from './password.js';

registerEnumType(Role, { name: 'Role' });

@ObjectType('Project')
export class ProjectType {
  @Field(() => ID)
  id: string;

  @Field(() => String)
  name: string;

  @Field(() => String)
  displayName: string;
}

@ObjectType('Viewer')
export class ViewerType {
  @Field(() => ID)
  id: string;

  @Field(() => String)
  email: string;

  @Field(() => String)
  displayName: string;

  @Field(() => Role)
  role: Role;

  @Field(() => ProjectType)
  project: ProjectType;

  @Field(() => [String])
  permissions: string[];
}

@InputType()
export class SignInInput {
  @Field(() => String)
  email: string;

  @Field(() => String)
  password: string;
}

/** No rules here but sizes: what is no e-mail or no password simply does not sign in. */
export const signInInput = z.object({
  email: z.string().trim().toLowerCase().max(254),
  password: z
    .string()
    .max(256)
    .transform((text) => text.normalize('NFKC')),
});

@InputType()
export class ChangePasswordInput {
  @Field(() => String)
  currentPassword: string;

  @Field(() => String)
  newPassword: string;
}

export const changePasswordInput = z.object({
  currentPassword: z
    .string()
    .max(256)
    .transform((text) => text.normalize('NFKC')),
  newPassword: password,
});
