/** The `__Host-` prefix makes browsers refuse the cookie unless it is Secure, host-only and for the whole site. */
export const SESSION_COOKIE = '__Host-weir_session';

const ATTRIBUTES = 'Path=/; HttpOnly; Secure; SameSite=Lax';
const TOKEN = /^[A-Za-z0-9_-]{43}$/;

/** The session token of a `cookie` header; null when there is none, it is malformed, or two are given. */
export function readSessionCookie(header: string | undefined): string | null {
  const values = (header ?? '')
    .split(';')
    .map((pair) => pair.trim())
    .filter((pair) => pair.startsWith(`${SESSION_COOKIE}=`))
    .map((pair) => pair.slice(SESSION_COOKIE.length + 1));
  const [value] = values;
  return values.length === 1 && value !== undefined && TOKEN.test(value) ? value : null;
}

export function sessionCookie(token: string, maxAgeSeconds: number): string {
  return `${SESSION_COOKIE}=${token}; ${ATTRIBUTES}; Max-Age=${maxAgeSeconds}`;
}

export function clearedSessionCookie(): string {
  return `${SESSION_COOKIE}=; ${ATTRIBUTES}; Max-Age=0`;
}
