import type { CredentialKind, ProviderSettings, SecretSlot } from '@weir/contracts';
import type { RawHeaders } from '@weir/providers';

/** One request that is about to be sent, as a signature covers it. */
export interface OutgoingRequest {
  readonly method: string;
  /** Scheme, host and port. */
  readonly origin: string;
  /** Path with its query, encoded as it will be sent. */
  readonly path: string;
  /** Headers that will be sent, without any credential. */
  readonly headers: RawHeaders;
  /** The whole body; null when there is none. */
  readonly body: Uint8Array | null;
}

/**
 * One provider's way of proving who it is. It caches what it mints (tokens, role credentials) and renews it before it
 * expires; many calls at once share one renewal.
 */
export interface UpstreamCredential {
  /** True when `present` must see the whole body (AWS signatures); otherwise bodies may go through unread. */
  readonly signsBody: boolean;
  /**
   * Header pairs to add to the request; they replace any of the same name. Answers at once while what it holds is
   * fresh. @throws CredentialError when nothing valid can be had
   */
  present(request: OutgoingRequest): RawHeaders | Promise<RawHeaders>;
  /** Every secret text it presents or could present now, so that an upstream that echoes one can be masked. */
  readonly confidential: readonly string[];
  close(): void;
}

/** What a credential is made of. Secrets are already opened. */
export interface CredentialInput {
  readonly kind: CredentialKind;
  readonly secrets: Readonly<Partial<Record<SecretSlot, string>>>;
  readonly settings: ProviderSettings;
}
