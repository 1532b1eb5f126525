import { describe, expect, it } from 'vitest';
import { clearedSessionCookie, readSessionCookie, sessionCookie } from './cookie.js';
import { mintOneTimeToken } from './one-time-token.js';

const { token } = mintOneTimeToken();

describe('the session cookie', () => {
  it('comes back from among other cookies', () => {
    expect(readSessionCookie(`theme=dark; __Host-weir_session=${token}; x=1`)).toBe(token);
  });

  it.each([
    ['no header', undefined],
    ['another name', `weir_session=${token}`],
    ['a name that only ends alike', `x__Host-weir_session=${token}`],
    ['a short value', '__Host-weir_session=abc'],
    ['a quoted value', `__Host-weir_session="${token}"`],
    ['two of them', `__Host-weir_session=${token}; __Host-weir_session=${mintOneTimeToken().token}`],
  ])('is not read from %s', (_, header) => {
    expect(readSessionCookie(header)).toBeNull();
  });

  it('is kept from scripts, other sites and plain connections', () => {
    for (const header of [sessionCookie(token, 60), clearedSessionCookie()]) {
      expect(header).toMatch(/; Path=\/; HttpOnly; Secure; SameSite=Lax; Max-Age=\d+$/);
      expect(header).not.toContain('Domain');
    }
  });
});
