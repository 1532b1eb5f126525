import { z } from 'zod';

/** How a provider proves who it is to its upstream. With passthrough on, none of these applies. */
export const CREDENTIAL_KINDS = [
  /** The upstream takes none. */
  'none',
  'api_key',
  /** AWS: what the SDK's own chain finds around the proxy (environment, shared files, web identity, instance role). */
  'aws_default_chain',
  'aws_static_keys',
  'aws_assume_role',
  /** Microsoft Entra ID: client credentials of an app registration. */
  'entra_client_secret',
  'google_service_account',
  /** Google application default credentials around the proxy. */
  'google_adc',
] as const;
export const credentialKind = z.enum(CREDENTIAL_KINDS);
export type CredentialKind = z.infer<typeof credentialKind>;

/** What a secret is used as inside one credential. */
export const SECRET_SLOTS = [
  'api_key',
  'access_key_id',
  'secret_access_key',
  'session_token',
  'client_secret',
  'service_account_key',
] as const;
export const secretSlot = z.enum(SECRET_SLOTS);
export type SecretSlot = z.infer<typeof secretSlot>;

/** Non-secret settings a type or credential kind asks for, by name; which ones is in its definition. */
export const SETTING_NAMES = [
  /** AWS region, for example `us-east-1`. */
  'region',
  'role_arn',
  'external_id',
  'session_name',
  /** Google Cloud project id. */
  'project_id',
  /** Google Cloud location, for example `us-central1` or `global`. */
  'location',
  /** Azure: `v1` or `deployment`. */
  'api_form',
  /** Azure: value of `api-version`. */
  'api_version',
  /** Entra tenant (directory) id. */
  'tenant_id',
  /** Entra application (client) id. */
  'client_id',
] as const;
export const settingName = z.enum(SETTING_NAMES);
export type SettingName = z.infer<typeof settingName>;
export const providerSettings = z.partialRecord(settingName, z.string().min(1).max(2048));
export type ProviderSettings = z.infer<typeof providerSettings>;
