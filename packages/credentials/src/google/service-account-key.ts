import { createPrivateKey, type KeyObject } from 'node:crypto';
import { parseObject } from '../bearer.js';
import { CredentialError } from '../errors.js';

/** What a key file of a Google service account says, as far as it is used. */
export interface ServiceAccountKey {
  readonly clientEmail: string;
  readonly privateKey: KeyObject;
  readonly privateKeyId: string | null;
  readonly tokenUrl: URL;
}

/** @throws CredentialError `CREDENTIAL_MALFORMED` naming the field, never its value */
export function parseServiceAccountKey(text: string): ServiceAccountKey {
  const file = parseObject(Buffer.from(text));
  if (Object.keys(file).length === 0) throw malformed('is not a JSON object');
  if (file.type !== 'service_account') throw malformed('has another “type” than “service_account”');
  const clientEmail = textOf(file, 'client_email');
  const pem = textOf(file, 'private_key');
  const tokenUri = textOf(file, 'token_uri');
  if (!URL.canParse(tokenUri)) throw malformed('has a “token_uri” that is no address');
  return {
    clientEmail,
    privateKey: privateKeyOf(pem),
    privateKeyId: typeof file.private_key_id === 'string' ? file.private_key_id : null,
    tokenUrl: new URL(tokenUri),
  };
}

function textOf(file: Record<string, unknown>, field: string): string {
  const value = file[field];
  if (typeof value !== 'string' || value === '') throw malformed(`has no “${field}”`);
  return value;
}

function privateKeyOf(pem: string): KeyObject {
  let key: KeyObject | null = null;
  try {
    key = createPrivateKey(pem);
  } catch {
    // What OpenSSL says of a key it cannot read is of no use to whoever pasted it.
  }
  if (key?.asymmetricKeyType !== 'rsa') throw malformed('has a “private_key” that is no RSA key in PEM form');
  return key;
}

function malformed(what: string): CredentialError {
  return new CredentialError(
    'CREDENTIAL_MALFORMED',
    `The service account key ${what}; paste the whole JSON file as Google Cloud made it.`,
  );
}
