import type { CredentialKind, ProviderSettings, SecretSlot } from '@weir/contracts';
import type { ProviderTypeDefinition, RawHeaders } from '@weir/providers';
import type { Issuers } from './issuers.js';
import type { Outbound } from './outbound.js';

/** One request that is about to be sent, as a signature covers it. */
export interface OutgoingRequest {
  readonly method: string;
  /** Scheme, host and port. */
  readonly origin: string;
  /** Path with its query, encoded as it will be sent. */
  readonly path: string;
  /** Headers that will be sent, without any credential. */
  readonly headers: Readonly<RawHeaders>;
  /** The whole body; null when there is none. */
  readonly body: Uint8Array | null;
}

/**
 * One provider's way of proving who it is. It caches what it mints (tokens, role credentials) and renews it before it
 * expires; many calls at once share one renewal.
 */
export interface UpstreamCredential {
  /** The pairs that present it where they are the same for every request; null where they have to be asked for. */
  readonly fixed: Readonly<RawHeaders> | null;
  /**
   * Header pairs to add to the request; they replace any of the same name. Answers at once while what it holds is
   * fresh, unless it signs. @throws CredentialError when nothing valid can be had (or rejects with one)
   */
  present(request: OutgoingRequest): Readonly<RawHeaders> | Promise<Readonly<RawHeaders>>;
  /**
   * Every secret text it presents or could present now, so that an upstream that echoes one can be masked. The same
   * array until it changes.
   */
  readonly confidential: readonly string[];
}

/** What a credential is made of. Secrets are already opened. */
export interface CredentialInput {
  readonly kind: CredentialKind;
  readonly secrets: Readonly<Partial<Record<SecretSlot, string>>>;
  readonly settings: ProviderSettings;
}

/** What it works with. */
export interface CredentialParts {
  /** Says how an `api_key` is presented. */
  readonly dialect: Pick<ProviderTypeDefinition, 'credentialFor' | 'isCredentialByPath'>;
  readonly outbound: Outbound;
  readonly issuers: Issuers;
  /** Whether the operator listed this `host:port` (the port always written). */
  readonly isListed: (hostAndPort: string) => boolean;
  /** UTC epoch milliseconds. */
  readonly nowMs: () => number;
  /** Hears of every renewal that failed, also of those nobody waited for. */
  readonly onFailure: (error: unknown) => void;
}

/** Whether a kind must see the whole body of a request to present itself; otherwise bodies may go through unread. */
export function signsBody(kind: CredentialKind): boolean {
  return kind === 'aws_default_chain' || kind === 'aws_static_keys' || kind === 'aws_assume_role';
}
