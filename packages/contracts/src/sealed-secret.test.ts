import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { deriveMasterKey } from './master-key.js';
import { openSecret, type SealBinding, type SealedSecret, sealSecret } from './sealed-secret.js';

const master = deriveMasterKey(randomBytes(32).toString('base64'));
const binding: SealBinding = {
  projectId: 'project',
  secretId: 'OPENAI_API_KEY',
  version: 3,
  providerId: 'provider',
  origin: 'https://api.openai.com',
};
const VALUE = 'sk-a value with ümlauts';

describe('a sealed secret', () => {
  const sealed = sealSecret(master, VALUE, binding);

  it('opens with the key and the binding it was sealed for', () => {
    expect(openSecret(master, sealed, binding)).toBe(VALUE);
  });

  it('opens for no other binding', () => {
    const others: SealBinding[] = [
      { ...binding, projectId: 'other' },
      { ...binding, secretId: 'OTHER' },
      { ...binding, version: 4 },
      { ...binding, providerId: 'other' },
      { ...binding, origin: 'https://api.openai.com.evil.example' },
      { projectId: 'project', secretId: 'OPENAI_API_KEY', version: 3 },
    ];
    for (const other of others) expect(() => openSecret(master, sealed, other)).toThrow(/cannot be opened/);
  });

  it('opens with no other key', () => {
    const other = deriveMasterKey(randomBytes(32).toString('base64'));
    expect(() => openSecret(other, sealed, binding)).toThrow(/cannot be opened/);
    expect(() => openSecret(other, { ...sealed, keyId: other.keyId }, binding)).toThrow(/cannot be opened/);
  });

  it.each(['wrappedKey', 'value'] as const)('notices every flipped bit and every cut tag in %s', (field) => {
    const bytes = Buffer.from(sealed[field], 'base64');
    const opened = (changed: Buffer) => () =>
      openSecret(master, { ...sealed, [field]: changed.toString('base64') } as SealedSecret, binding);
    for (let bit = 0; bit < bytes.length * 8; bit++) {
      const changed = Buffer.from(bytes);
      changed.writeUInt8(changed.readUInt8(bit >> 3) ^ (1 << (bit & 7)), bit >> 3);
      expect(opened(changed)).toThrow(/cannot be opened/);
    }
    for (const cut of [1, 4, 8, 12, 15, 16]) expect(opened(bytes.subarray(0, -cut))).toThrow(/cannot be opened/);
  });

  it('never repeats an initialisation vector', () => {
    const seen = new Set<string>();
    for (let i = 0; i < 5_000; i++) {
      const { wrappedKey, value } = sealSecret(master, VALUE, binding);
      for (const layer of [wrappedKey, value]) seen.add(layer.slice(0, 16));
    }
    expect(seen.size).toBe(10_000);
  });
});

describe('the master key', () => {
  it('is refused when it is short, not base64 or not random', () => {
    for (const bad of ['', 'secret', randomBytes(16).toString('base64'), Buffer.alloc(32).toString('base64')]) {
      expect(() => deriveMasterKey(bad)).toThrow(/openssl rand -base64 32/);
    }
  });
});
