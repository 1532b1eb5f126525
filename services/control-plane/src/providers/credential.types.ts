import { Field, InputType, ObjectType } from '@nestjs/graphql';
import { SecretType } from '../secrets/secrets.types.js';

@ObjectType({ description: 'A secret that a provider uses, and what as.' })
export class ProviderCredential {
  @Field(() => String, { description: 'For example `api_key`, `access_key_id`, `client_secret`.' })
  slot: string;

  @Field(() => SecretType, { nullable: true, description: 'null: the viewer may not read secrets.' })
  secret: SecretType | null;
}

@ObjectType()
export class SettingValue {
  @Field(() => String)
  name: string;

  @Field(() => String)
  value: string;
}

@InputType({
  description:
    'A slot left out keeps its secret; `secretId: null` takes it off. `secretValue` creates the secret inline, or confirms an existing one for a new origin.',
})
export class ProviderCredentialInput {
  @Field(() => String)
  slot: string;

  @Field(() => String, { nullable: true })
  secretId?: string | null;

  @Field(() => String, { nullable: true })
  secretValue?: string | null;
}

@InputType({ description: 'A blank or null value is none.' })
export class SettingInput {
  @Field(() => String)
  name: string;

  @Field(() => String, { nullable: true })
  value?: string | null;
}
