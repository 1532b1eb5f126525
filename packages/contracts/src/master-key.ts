import { createHash, hkdfSync } from 'node:crypto';
import { WeirError } from './errors.js';

const KEY_BYTES = 32;

/** Keys derived from the master key, one per purpose, so that no key is used twice. */
export interface MasterKey {
  /** Names the key in sealed values without revealing it (first 8 bytes of a hash, hex). */
  readonly keyId: string;
  /** Wraps the data keys of sealed secrets. */
  readonly keyEncryptionKey: Buffer;
  /** HMAC key over gateway tokens. */
  readonly tokenPepper: Buffer;
  /** HMAC key over words that people searched for, of which the audit log keeps no more. */
  readonly searchPepper: Buffer;
  /** Seals what an address of a download stands for. */
  readonly downloadKey: Buffer;
  /** Bearer value that proxies and workers present at the control plane's door. */
  readonly doorToken: string;
}

/** @param encoded 32 bytes in base64 (`WEIR_MASTER_KEY`). @throws WeirError `MASTER_KEY_INVALID` */
export function deriveMasterKey(encoded: string): MasterKey {
  const raw = Buffer.from(encoded.trim(), 'base64');
  if (raw.length !== KEY_BYTES || new Set(raw).size < 8) {
    throw new WeirError(
      'MASTER_KEY_INVALID',
      'WEIR_MASTER_KEY must be 32 random bytes in base64; make one with: openssl rand -base64 32',
    );
  }
  const derive = (purpose: string) => Buffer.from(hkdfSync('sha256', raw, 'weir', purpose, KEY_BYTES));
  const keyEncryptionKey = derive('secrets/kek/v1');
  return {
    keyId: createHash('sha256').update(keyEncryptionKey).digest('hex').slice(0, 16),
    keyEncryptionKey,
    tokenPepper: derive('tokens/pepper/v1'),
    searchPepper: derive('searches/pepper/v1'),
    downloadKey: derive('downloads/v1'),
    doorToken: derive('door/v1').toString('base64url'),
  };
}
