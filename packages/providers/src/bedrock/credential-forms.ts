import { apiKeyForm } from '../credential/api-key.js';
import type { CredentialForm, RawHeaders, SecretField, SettingField } from '../provider-type.js';

/** What AWS itself accepts: https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html */
const ROLE_ARN = /^(?=.{20,2048}$)arn:aws[a-z-]*:iam::\d{12}:role\/(?:[\x21-\x7e]+\/)?[\w+=,.@-]{1,64}$/;
const EXTERNAL_ID = /^[\w+=,.@:/-]{2,1224}$/;
const SESSION_NAME = /^[\w+=,.@-]{2,64}$/;

const KEYS: readonly SecretField[] = [
  {
    slot: 'access_key_id',
    label: 'Access key ID',
    required: true,
    suggestedSecretId: 'AWS_ACCESS_KEY_ID',
    help: 'AWS console, IAM, the user’s security credentials; it begins with AKIA or ASIA.',
  },
  {
    slot: 'secret_access_key',
    label: 'Secret access key',
    required: true,
    suggestedSecretId: 'AWS_SECRET_ACCESS_KEY',
    help: 'Shown once, when the access key is created.',
  },
  {
    slot: 'session_token',
    label: 'Session token',
    required: false,
    suggestedSecretId: 'AWS_SESSION_TOKEN',
    help: 'Only for temporary keys (ASIA…), which stop working when their session ends.',
  },
];

const ROLE: readonly SettingField[] = [
  {
    name: 'role_arn',
    label: 'Role ARN',
    required: true,
    placeholder: 'arn:aws:iam::123456789012:role/bedrock-invoke',
    help: 'The role to assume; its trust policy must name the identity the proxy runs under.',
    pattern: ROLE_ARN,
    options: [],
  },
  {
    name: 'external_id',
    label: 'External ID',
    required: false,
    placeholder: 'weir-production',
    help: 'Only if the role’s trust policy asks for sts:ExternalId.',
    pattern: EXTERNAL_ID,
    options: [],
  },
  {
    name: 'session_name',
    label: 'Session name',
    required: false,
    placeholder: 'weir',
    help: 'Names the session in CloudTrail.',
    pattern: SESSION_NAME,
    options: [],
  },
];

export const CREDENTIAL_FORMS: readonly CredentialForm[] = [
  {
    kind: 'aws_default_chain',
    label: 'Default chain',
    summary: 'Uses what AWS finds around the proxy: environment, shared files, web identity, pod or instance role.',
    secrets: [],
    settings: [],
  },
  {
    kind: 'aws_static_keys',
    label: 'Static keys',
    summary: 'An access key of an IAM user, or temporary keys with their session token.',
    secrets: KEYS,
    settings: [],
  },
  {
    kind: 'aws_assume_role',
    label: 'Assume IAM role',
    summary: 'The proxy’s own AWS identity assumes a role, also in another account.',
    secrets: [],
    settings: ROLE,
  },
  apiKeyForm('AWS_BEARER_TOKEN_BEDROCK', 'AWS console, Amazon Bedrock, under API keys.'),
];

/** A Bedrock API key. */
export function credentialFor(secret: string): RawHeaders {
  return ['authorization', `Bearer ${secret}`];
}
