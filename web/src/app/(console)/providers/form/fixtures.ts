import type { CredentialForm, ProviderTypeOption, SecretField, SettingField } from './provider-type';
import { EMPTY_VALUES, edit, type FormContext, type ProviderValues } from './values';

/** Provider types as the control plane describes them, for the tests of the form. */
const secret = (slot: string, label: string, suggestedSecretId: string, required = true): SecretField => ({
  slot,
  label,
  required,
  suggestedSecretId,
  help: '',
});
const setting = (name: string, label: string, rest: Partial<SettingField> = {}): SettingField => ({
  name,
  label,
  required: true,
  placeholder: '',
  help: '',
  pattern: null,
  options: [],
  ...rest,
});
const form = (kind: string, secrets: SecretField[], settings: SettingField[] = []): CredentialForm => ({
  kind,
  label: kind,
  summary: '',
  secrets,
  settings,
});

export const openai: ProviderTypeOption = {
  type: 'openai',
  label: 'OpenAI',
  summary: '',
  defaultBaseUrl: 'https://api.openai.com/v1',
  baseUrlTemplate: 'https://api.openai.com/v1',
  supportsPassthrough: false,
  clientClose: { policy: 'CANCEL', because: 'It stops generating.' },
  settings: [],
  credentialForms: [form('api_key', [secret('api_key', 'API key', 'OPENAI_API_KEY')])],
};
export const anthropic: ProviderTypeOption = {
  ...openai,
  type: 'anthropic',
  label: 'Anthropic',
  defaultBaseUrl: 'https://api.anthropic.com',
  baseUrlTemplate: 'https://api.anthropic.com',
  supportsPassthrough: true,
  credentialForms: [form('api_key', [secret('api_key', 'API key', 'ANTHROPIC_API_KEY')])],
};
export const compatible: ProviderTypeOption = {
  ...openai,
  type: 'openai_compatible',
  label: 'OpenAI-compatible',
  defaultBaseUrl: null,
  baseUrlTemplate: null,
  credentialForms: [form('none', []), form('api_key', [secret('api_key', 'API key', 'LLM_API_KEY')])],
};
export const bedrock: ProviderTypeOption = {
  ...openai,
  type: 'bedrock',
  label: 'AWS Bedrock',
  defaultBaseUrl: null,
  baseUrlTemplate: 'https://bedrock-runtime.{region}.amazonaws.com',
  settings: [setting('region', 'Region', { pattern: '[a-z]{2}(-[a-z]+)+-\\d', placeholder: 'us-east-1' })],
  credentialForms: [
    form('aws_default_chain', []),
    form('aws_static_keys', [
      secret('access_key_id', 'Access key ID', 'AWS_ACCESS_KEY_ID'),
      secret('secret_access_key', 'Secret access key', 'AWS_SECRET_ACCESS_KEY'),
      secret('session_token', 'Session token', 'AWS_SESSION_TOKEN', false),
    ]),
    form(
      'aws_assume_role',
      [],
      [setting('role_arn', 'Role ARN'), setting('external_id', 'External ID', { required: false })],
    ),
  ],
};

export const context: FormContext = {
  types: [openai, anthropic, compatible, bedrock],
  secrets: [],
  takenNames: ['taken'],
  environments: ['production', 'staging', 'development'],
  detectors: [{ name: 'email', label: 'E-mail addresses', finds: '' }],
};

/** With one stored secret, bound to these origins. */
export const withSecret = (secretId: string, ...boundOrigins: string[]): FormContext => ({
  ...context,
  secrets: [{ secretId, lastFour: 'abcd', version: 1, rotatedAt: '2026-11-20T00:00:00Z', boundOrigins, usedBy: [] }],
});

/** The form after these edits, one after the other. */
export function fill(changes: Partial<ProviderValues>[], against = context): ProviderValues {
  const start: ProviderValues = { ...EMPTY_VALUES, environments: against.environments };
  return changes.reduce<ProviderValues>((values, change) => edit(values, change, against), start);
}
