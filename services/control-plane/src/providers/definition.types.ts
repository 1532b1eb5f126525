import { Field, ObjectType } from '@nestjs/graphql';
import { capabilitiesOf, type ProviderTypeDefinition, type SettingField } from '@weir/providers';
import { type ClientClosePolicy, ClientCloseType } from './client-close.types.js';

@ObjectType('SettingField', { description: 'A value that is not secret and that a provider asks for.' })
export class SettingFieldType {
  @Field(() => String)
  name: string;

  @Field(() => String)
  label: string;

  @Field(() => Boolean)
  required: boolean;

  @Field(() => String)
  placeholder: string;

  @Field(() => String, { description: 'One sentence: what it is and where it is found.' })
  help: string;

  @Field(() => String, { nullable: true, description: 'Regular expression for the whole value; null = any one line.' })
  pattern: string | null;

  @Field(() => [String], { description: 'Values to choose from; others are accepted where `pattern` lets them.' })
  options: string[];
}

@ObjectType('SecretField', { description: 'A secret that one kind of credential needs.' })
export class SecretFieldType {
  @Field(() => String)
  slot: string;

  @Field(() => String)
  label: string;

  @Field(() => Boolean)
  required: boolean;

  @Field(() => String)
  suggestedSecretId: string;

  @Field(() => String)
  help: string;
}

@ObjectType('CredentialForm', { description: 'One way a provider of a type can prove who it is.' })
export class CredentialFormType {
  @Field(() => String)
  kind: string;

  @Field(() => String)
  label: string;

  @Field(() => String)
  summary: string;

  @Field(() => [SecretFieldType])
  secrets: SecretFieldType[];

  @Field(() => [SettingFieldType])
  settings: SettingFieldType[];
}

@ObjectType('ProviderType')
export class ProviderTypeType {
  @Field(() => String)
  type: string;

  @Field(() => String)
  label: string;

  @Field(() => String)
  summary: string;

  @Field(() => Boolean)
  supportsPassthrough: boolean;

  @Field(() => ClientCloseType, {
    description: 'What its providers do when a client goes away, unless told otherwise.',
  })
  clientClose: ClientCloseType;

  @Field(() => [SettingFieldType], { description: 'Asked for whatever the credential.' })
  settings: SettingFieldType[];

  @Field(() => [CredentialFormType], { description: 'The first is the default.' })
  credentialForms: CredentialFormType[];

  @Field(() => String, { nullable: true, description: 'null: it follows from settings, or one must be given.' })
  defaultBaseUrl: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'Base URL when none is given, settings as `{name}`; null: one must be given.',
  })
  baseUrlTemplate: string | null;

  @Field(() => String, { nullable: true, description: 'A base URL as it looks, where one must be given.' })
  baseUrlExample: string | null;

  @Field(() => String, { nullable: true, description: 'One sentence: where the base URL is found.' })
  baseUrlHelp: string | null;

  @Field(() => [String], { description: 'What it can serve: `chat`, `streaming`, `embeddings`, ...' })
  capabilities: string[];
}

const settingOf = ({ pattern, options, ...field }: SettingField): SettingFieldType => ({
  ...field,
  pattern: pattern?.source ?? null,
  options: [...options],
});

export function toProviderTypeType(definition: ProviderTypeDefinition): ProviderTypeType {
  const { type, label, summary, supportsPassthrough, credentialForms, settings, clientClose } = definition;
  return {
    ...{ type, label, summary, supportsPassthrough },
    clientClose: { policy: clientClose.policy as ClientClosePolicy, because: clientClose.because },
    settings: settings.map(settingOf),
    credentialForms: credentialForms.map((form) => ({
      ...form,
      secrets: form.secrets.map((field) => ({ ...field })),
      settings: form.settings.map(settingOf),
    })),
    defaultBaseUrl: definition.baseUrlFor({}),
    baseUrlTemplate: baseUrlTemplateOf(definition),
    baseUrlExample: definition.baseUrlHint?.example ?? null,
    baseUrlHelp: definition.baseUrlHint?.help ?? null,
    capabilities: capabilitiesOf(type),
  };
}

/** Settings are checked on the way into an address, so it is made with examples, which are then taken out again. */
function baseUrlTemplateOf(definition: ProviderTypeDefinition): string | null {
  const fields = [definition, ...definition.credentialForms].flatMap(({ settings }) => settings);
  const examples = fields.filter(({ placeholder }) => placeholder !== '');
  const url = definition.baseUrlFor(Object.fromEntries(examples.map(({ name, placeholder }) => [name, placeholder])));
  return examples.reduce((text, { name, placeholder }) => text?.replaceAll(placeholder, `{${name}}`) ?? null, url);
}
