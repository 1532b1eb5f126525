import { Field, InputType, Int } from '@nestjs/graphql';

@InputType()
export class ProviderFilter {
  @Field(() => String, { nullable: true })
  search?: string | null;

  @Field(() => [String], { nullable: true })
  types?: string[] | null;

  @Field(() => Boolean, { nullable: true })
  enabled?: boolean | null;

  @Field(() => Boolean, { nullable: true })
  includeDeleted?: boolean | null;
}

@InputType({
  description:
    'Name and type are immutable. `secretValue` creates the secret inline, or confirms an existing one for a new origin.',
})
export class CreateProviderInput {
  @Field(() => String)
  name: string;

  @Field(() => String)
  displayName: string;

  @Field(() => String)
  type: string;

  @Field(() => String, { nullable: true })
  baseUrl?: string | null;

  @Field(() => String, { nullable: true })
  secretId?: string | null;

  @Field(() => String, { nullable: true })
  secretValue?: string | null;

  @Field(() => Boolean, { nullable: true, defaultValue: false })
  passthrough?: boolean | null;

  @Field(() => [String], { nullable: true })
  environments?: string[] | null;

  @Field(() => [String], { nullable: true })
  models?: string[] | null;

  @Field(() => Boolean, { nullable: true, defaultValue: true })
  enabled?: boolean | null;

  @Field(() => Boolean, { nullable: true, defaultValue: false })
  recordInputs?: boolean | null;

  @Field(() => Boolean, { nullable: true, defaultValue: false })
  recordOutputs?: boolean | null;
}

@InputType({ description: 'A field left out stays as it is; `secretId: null` takes the secret off.' })
export class UpdateProviderInput {
  @Field(() => String)
  name: string;

  @Field(() => Int, { description: 'The revision the change was made from.' })
  revision: number;

  @Field(() => String, { nullable: true })
  displayName?: string | null;

  @Field(() => String, { nullable: true })
  baseUrl?: string | null;

  @Field(() => String, { nullable: true })
  secretId?: string | null;

  @Field(() => String, { nullable: true })
  secretValue?: string | null;

  @Field(() => Boolean, { nullable: true })
  passthrough?: boolean | null;

  @Field(() => [String], { nullable: true })
  environments?: string[] | null;

  @Field(() => [String], { nullable: true })
  models?: string[] | null;

  @Field(() => Boolean, { nullable: true })
  enabled?: boolean | null;

  @Field(() => Boolean, { nullable: true })
  recordInputs?: boolean | null;

  @Field(() => Boolean, { nullable: true })
  recordOutputs?: boolean | null;
}
