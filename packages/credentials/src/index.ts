export * from './credential.js';
export { CredentialError, type CredentialErrorCode } from './errors.js';
export { parseServiceAccountKey, type ServiceAccountKey } from './google/service-account-key.js';
export { type Issuers, PUBLIC_ISSUERS, type SecretUse, secretOrigin } from './issuers.js';
export { openCredential } from './open.js';
export type * from './outbound.js';
