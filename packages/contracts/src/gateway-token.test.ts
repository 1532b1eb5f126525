import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { digestToken, mintToken, publicIdOf } from './gateway-token.js';
import { deriveMasterKey } from './master-key.js';

const master = deriveMasterKey(randomBytes(32).toString('base64'));

describe('a gateway token', () => {
  it('names its public id and matches its digest', () => {
    const { token, publicId, digest } = mintToken(master);
    expect(token).toMatch(/^weir_[0-9A-Za-z]{12}_[0-9A-Za-z]{49}$/);
    expect(publicIdOf(token)).toBe(publicId);
    expect(digestToken(master, token)).toBe(digest);
    expect(digest).not.toContain(token.slice(5, 17));
  });

  it('is recognised as damaged when a character is changed or cut off', () => {
    const { token } = mintToken(master);
    for (let i = 0; i < token.length; i++) {
      const other = token[i] === 'a' ? 'b' : 'a';
      expect(publicIdOf(token.slice(0, i) + other + token.slice(i + 1))).toBeNull();
    }
    expect(publicIdOf(token.slice(0, -1))).toBeNull();
    expect(publicIdOf(`${token} `)).toBeNull();
  });

  it('has a digest that depends on the installation', () => {
    const other = deriveMasterKey(randomBytes(32).toString('base64'));
    const { token, digest } = mintToken(master);
    expect(digestToken(other, token)).not.toBe(digest);
  });

  it('spreads its characters evenly', () => {
    const counts = new Map<string, number>();
    for (let i = 0; i < 2_000; i++) {
      for (const character of mintToken(master).token.slice(18, 61)) {
        counts.set(character, (counts.get(character) ?? 0) + 1);
      }
    }
    const expected = (2_000 * 43) / 62;
    for (const count of counts.values()) expect(Math.abs(count - expected)).toBeLessThan(expected * 0.2);
    expect(counts.size).toBe(62);
  });
});
