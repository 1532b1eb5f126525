import { describe, expect, it } from 'vitest';
import { hashPassword, password, verifyPassword } from './password.js';

describe('passwords', () => {
  it('verify against their own hash only, and never hash to the same text twice', async () => {
    const [first, second] = [await hashPassword('correct horse battery'), await hashPassword('correct horse battery')];
    expect(first).not.toBe(second);
    expect(first).toMatch(/^argon2id\$m=19456,t=2,p=1\$/);
    expect(await verifyPassword('correct horse battery', first)).toBe(true);
    expect(await verifyPassword('correct horse batterY', first)).toBe(false);
    expect(await verifyPassword('', first)).toBe(false);
  });

  it.each([
    ['no password yet', null],
    ['a damaged row', 'argon2id$m=1$x'],
    ['plain text', 'correct horse battery'],
  ])('never verify against %s', async (_, stored) => {
    expect(await verifyPassword('correct horse battery', stored)).toBe(false);
  });

  it('are refused when many more are asked for than can be worked off, and work again afterwards', async () => {
    const asked = await Promise.allSettled(Array.from({ length: 60 }, () => verifyPassword('x', null)));
    const refused = asked.filter((result) => result.status === 'rejected');
    expect(refused).toHaveLength(60 - 2 - 40);
    expect(refused[0]).toMatchObject({ reason: { code: 'OVERLOADED' } });
    expect(await verifyPassword('x', null)).toBe(false);
  });

  it('are the same text however composed, and at least twelve characters', () => {
    expect(password.parse('pässword-long-enough'.normalize('NFD'))).toBe('pässword-long-enough'.normalize('NFKC'));
    expect(password.safeParse('elevenchars').success).toBe(false);
    expect(password.safeParse('x'.repeat(257)).success).toBe(false);
  });
});
