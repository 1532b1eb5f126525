import { Field, InputType } from '@nestjs/graphql';

@InputType()
export class CreateSecretInput {
  @Field(() => String)
  secretId: string;

  @Field(() => String)
  value: string;
}

@InputType()
export class RotateSecretInput {
  @Field(() => String)
  secretId: string;

  @Field(() => String)
  value: string;
}
