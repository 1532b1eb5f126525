import type { RawHeaders } from '@weir/providers';
import type { CredentialParts, OutgoingRequest, UpstreamCredential } from './credential.js';
import { CredentialError } from './errors.js';
import { type Minted, Renewed } from './renewed.js';

/** An access token, and further pairs that go with it. */
export interface AccessToken {
  readonly text: string;
  readonly pairs?: RawHeaders;
}

/** Presents a minted OAuth access token (RFC 6750). */
export class BearerCredential implements UpstreamCredential {
  readonly fixed = null;
  confidential: readonly string[];
  private readonly token: Renewed<RawHeaders>;

  /** @param secrets what the token is minted from */
  constructor(
    mint: () => Promise<Minted<AccessToken>>,
    parts: Pick<CredentialParts, 'nowMs' | 'onFailure'>,
    secrets: readonly string[],
  ) {
    this.confidential = secrets;
    let former: string | null = null;
    let current = '';
    this.token = new Renewed(
      async () => {
        const { value, expiresAtMs } = await mint();
        former = current || null;
        current = value.text;
        return { value: ['authorization', `Bearer ${value.text}`, ...(value.pairs ?? [])], expiresAtMs };
      },
      parts,
      () => {
        // Calls that began with the former one may still be answered.
        this.confidential = former === null ? [...secrets, current] : [...secrets, current, former];
      },
    );
  }

  present(_request: OutgoingRequest): RawHeaders | Promise<RawHeaders> {
    return this.token.get();
  }
}

/** Reads an OAuth token answer (RFC 6749 section 5.1). @throws CredentialError when it holds no usable token */
export function readAccessToken(issuer: string, body: Buffer, askedMs: number): Minted<AccessToken> {
  const answer = parseObject(body);
  const { access_token: text, expires_in: seconds } = answer;
  // A header value, and nothing that could end one.
  if (typeof text !== 'string' || !/^[\x21-\x7e]+$/.test(text)) {
    throw new CredentialError(
      'CREDENTIAL_ISSUER_UNREACHABLE',
      `${issuer} answered without an access token; check that its address is right.`,
    );
  }
  const lifeSeconds = Number(seconds);
  return {
    value: { text },
    expiresAtMs: Number.isFinite(lifeSeconds) && lifeSeconds > 0 ? askedMs + lifeSeconds * 1_000 : null,
  };
}

/** The members of a JSON object; none when it is not one. */
export function parseObject(body: Buffer): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(body.toString('utf8'));
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}
