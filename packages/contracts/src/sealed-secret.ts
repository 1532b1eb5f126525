import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { z } from 'zod';
import { WeirError } from './errors.js';
import type { MasterKey } from './master-key.js';

/**
 * Envelope encryption: a random data key per value (AES-256-GCM), itself wrapped by the key-encryption key.
 * Both layers carry the same additional data, so a sealed value opens only where it was sealed for.
 */
export const sealedSecret = z.object({
  v: z.literal(1),
  keyId: z.string(),
  /** base64 of iv (12) | ciphertext | tag (16) */
  wrappedKey: z.string(),
  value: z.string(),
});
export type SealedSecret = z.infer<typeof sealedSecret>;

/** What a sealed value is bound to. `origin` and `providerId` are set on the copies that travel in snapshots. */
export interface SealBinding {
  readonly projectId: string;
  readonly secretId: string;
  readonly version: number;
  readonly providerId?: string;
  /** Scheme, host and port of the only upstream the value may be sent to. */
  readonly origin?: string;
}

const CIPHER = 'aes-256-gcm';
const IV_BYTES = 12;
const TAG_BYTES = 16;

function additionalData(binding: SealBinding, layer: 'key' | 'value'): Buffer {
  const { projectId, secretId, version, providerId = null, origin = null } = binding;
  return Buffer.from(JSON.stringify(['weir-seal-v1', layer, projectId, secretId, version, providerId, origin]));
}

function encrypt(key: Uint8Array, plain: Uint8Array, aad: Buffer): string {
  const iv = randomBytes(IV_BYTES);
  const cipher = createCipheriv(CIPHER, key, iv, { authTagLength: TAG_BYTES });
  cipher.setAAD(aad);
  return Buffer.concat([iv, cipher.update(plain), cipher.final(), cipher.getAuthTag()]).toString('base64');
}

function decrypt(key: Uint8Array, sealed: string, aad: Buffer): Buffer {
  const bytes = Buffer.from(sealed, 'base64');
  if (bytes.length < IV_BYTES + TAG_BYTES) throw new RangeError('sealed value is too short');
  // Node accepts truncated tags unless the length is pinned, so it is pinned here and cut from a fixed place.
  const decipher = createDecipheriv(CIPHER, key, bytes.subarray(0, IV_BYTES), { authTagLength: TAG_BYTES });
  decipher.setAAD(aad);
  decipher.setAuthTag(bytes.subarray(-TAG_BYTES));
  return Buffer.concat([decipher.update(bytes.subarray(IV_BYTES, -TAG_BYTES)), decipher.final()]);
}

export function sealSecret(master: MasterKey, plain: string, binding: SealBinding): SealedSecret {
  const dataKey = randomBytes(32);
  return {
    v: 1,
    keyId: master.keyId,
    wrappedKey: encrypt(master.keyEncryptionKey, dataKey, additionalData(binding, 'key')),
    value: encrypt(dataKey, Buffer.from(plain, 'utf8'), additionalData(binding, 'value')),
  };
}

/** @throws WeirError `SECRET_UNREADABLE` when the key, the binding or a single bit differs. */
export function openSecret(master: MasterKey, sealed: SealedSecret, binding: SealBinding): string {
  try {
    if (sealed.keyId !== master.keyId) throw new RangeError(`sealed under key ${sealed.keyId}`);
    const dataKey = decrypt(master.keyEncryptionKey, sealed.wrappedKey, additionalData(binding, 'key'));
    return decrypt(dataKey, sealed.value, additionalData(binding, 'value')).toString('utf8');
  } catch (cause) {
    throw new WeirError('SECRET_UNREADABLE', `secret ${binding.secretId} cannot be opened with the present key`, {
      cause,
    });
  }
}
