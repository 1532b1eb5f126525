import { Field, Float, InputType, Int, ObjectType } from '@nestjs/graphql';
import { ProviderCredentialInput, SettingInput } from '../credential.types.js';
import { EndpointStatus } from '../status/status.types.js';

@InputType()
export class DraftProviderInput {
  @Field(() => String)
  type: string;

  @Field(() => String, { nullable: true })
  baseUrl?: string | null;

  @Field(() => String, { nullable: true })
  credentialKind?: string | null;

  @Field(() => [ProviderCredentialInput], { nullable: true })
  credentials?: ProviderCredentialInput[] | null;

  @Field(() => [SettingInput], { nullable: true })
  settings?: SettingInput[] | null;

  @Field(() => String, { nullable: true, description: 'Short for the secret in slot `api_key`.' })
  secretId?: string | null;

  @Field(() => String, { nullable: true })
  secretValue?: string | null;

  @Field(() => Boolean, { nullable: true })
  passthrough?: boolean | null;
}

@InputType()
export class TestConnectionInput {
  @Field(() => String, { nullable: true })
  provider?: string | null;

  @Field(() => DraftProviderInput, { nullable: true, description: 'Settings not saved yet.' })
  draft?: DraftProviderInput | null;

  @Field(() => String, { nullable: true })
  model?: string | null;
}

/** What came of one call to an upstream. */
@ObjectType({ isAbstract: true })
export abstract class ExchangeOutcome {
  @Field(() => Boolean)
  ok: boolean;

  @Field(() => String, { description: 'One sentence: what happened and what to check.' })
  summary: string;

  @Field(() => Int, { nullable: true })
  status: number | null;

  @Field(() => Float, { nullable: true })
  latencyMs: number | null;

  @Field(() => String, { nullable: true, description: "The upstream's own error, shortened; never a credential." })
  upstreamError: string | null;

  @Field(() => String, { nullable: true })
  code: string | null;
}

@ObjectType()
export class ConnectionTest extends ExchangeOutcome {
  @Field(() => String, { nullable: true })
  model: string | null;

  @Field(() => [String], { nullable: true })
  models: string[] | null;

  @Field(() => [EndpointStatus], { description: 'What this test found at each endpoint of the type.' })
  endpoints: EndpointStatus[];

  @Field(() => String, { description: 'Equivalent curl against the upstream, with a placeholder for the key.' })
  curl: string;
}
