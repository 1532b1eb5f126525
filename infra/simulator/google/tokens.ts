import { type KeyObject, randomBytes, verify } from 'node:crypto';

const JWT_BEARER = 'urn:ietf:params:oauth:grant-type:jwt-bearer';
const TOKEN_EXCHANGE = 'urn:ietf:params:oauth:grant-type:token-exchange';
const SCOPE = 'https://www.googleapis.com/auth/cloud-platform';
const LIFE_SECONDS = 3_600;
const CLOCK_SKEW_SECONDS = 60;

export interface TokenAnswer {
  readonly status: number;
  readonly body: string;
}

/**
 * Google's token endpoint: gives a token for an assertion that a service account's key has signed, and for another
 * identity provider's token. (https://developers.google.com/identity/protocols/oauth2/service-account#httprest,
 * https://cloud.google.com/iam/docs/reference/sts/rest/v1/TopLevel/token)
 */
export class GoogleTokens {
  private readonly accounts = new Map<string, KeyObject>();
  private readonly subjects = new Set<string>();
  private readonly expiries = new Map<string, number>();

  constructor(private readonly nowSeconds: () => number = () => Math.floor(Date.now() / 1_000)) {}

  /** How many it has given out. */
  get minted(): number {
    return this.expiries.size;
  }

  trust(email: string, publicKey: KeyObject): void {
    this.accounts.set(email, publicKey);
  }

  /** Takes this token of another identity provider from now on. */
  trustSubject(token: string): void {
    this.subjects.add(token);
  }

  accepts(token: string | null): boolean {
    return token !== null && (this.expiries.get(token) ?? 0) > this.nowSeconds();
  }

  /** Makes every token so far worthless, as when an account is switched off. */
  revokeAll(): void {
    for (const token of this.expiries.keys()) this.expiries.set(token, 0);
  }

  /** @param audience the endpoint's own address, which the assertion must be made for */
  exchange(form: URLSearchParams, audience: string): TokenAnswer {
    const fault = this.faultIn(form, audience);
    if (fault !== null) return refused('invalid_grant', fault);
    const token = `ya29.sim-${randomBytes(24).toString('base64url')}`;
    this.expiries.set(token, this.nowSeconds() + LIFE_SECONDS);
    const common = { access_token: token, expires_in: LIFE_SECONDS - 1, token_type: 'Bearer' };
    const issued_token_type = 'urn:ietf:params:oauth:token-type:access_token';
    const isExchanged = form.get('grant_type') === TOKEN_EXCHANGE;
    return { status: 200, body: JSON.stringify({ ...common, ...(isExchanged && { issued_token_type }) }) };
  }

  private faultIn(form: URLSearchParams, audience: string): string | null {
    switch (form.get('grant_type')) {
      case JWT_BEARER:
        return this.faultOf(form.get('assertion') ?? '', audience);
      case TOKEN_EXCHANGE:
        return this.subjects.has(form.get('subject_token') ?? '') ? null : 'The subject token is not trusted.';
      default:
        return 'Invalid grant_type';
    }
  }

  private faultOf(assertion: string, audience: string): string | null {
    const [head = '', claims = '', signature = ''] = assertion.split('.');
    const { alg } = decoded(head);
    const { iss, aud, scope, iat, exp } = decoded(claims);
    const key = typeof iss === 'string' ? this.accounts.get(iss) : undefined;
    if (!key) return 'Invalid grant: account not found';
    const isSigned = verify('sha256', Buffer.from(`${head}.${claims}`), key, Buffer.from(signature, 'base64url'));
    if (alg !== 'RS256' || !isSigned) return 'Invalid JWT Signature.';
    const now = this.nowSeconds();
    if (typeof iat !== 'number' || typeof exp !== 'number' || iat > now + CLOCK_SKEW_SECONDS || exp <= now) {
      return 'Invalid JWT: Token must be a short-lived token (60 minutes) and in a reasonable timeframe.';
    }
    if (exp - iat > LIFE_SECONDS) return 'Invalid JWT: Token must be a short-lived token (60 minutes).';
    if (aud !== audience) return `Invalid JWT: Failed audience check: ${String(aud)}`;
    if (typeof scope !== 'string' || !scope.split(' ').includes(SCOPE)) return 'Invalid OAuth scope.';
    return null;
  }
}

function refused(error: string, description: string): TokenAnswer {
  return { status: 400, body: JSON.stringify({ error, error_description: description }) };
}

function decoded(part: string): Readonly<Record<string, unknown>> {
  try {
    return JSON.parse(Buffer.from(part, 'base64url').toString('utf8')) as Record<string, unknown>;
  } catch {
    // No JWT at all: it has no issuer, and is refused for that.
    return {};
  }
}
