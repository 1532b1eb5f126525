/**
 * What the proxy answers when it refuses a call itself: `code -> HTTP status`.
 * The code travels in `x-weir-error`; an error relayed from the upstream carries no such header.
 */
export const REFUSALS = {
  request_invalid: 400,
  token_missing: 401,
  token_invalid: 401,
  token_expired: 401,
  provider_disabled: 403,
  model_not_allowed: 403,
  scope_denied: 403,
  provider_unknown: 404,
  body_too_large: 413,
  budget_exceeded: 429,
  rate_limited: 429,
  headers_too_large: 431,
  upstream_unreachable: 502,
  upstream_reset: 502,
  credential_unavailable: 503,
  overloaded: 503,
  upstream_timeout: 504,
} as const;

export type RefusalCode = keyof typeof REFUSALS;

/** Stable, machine-readable failure. Edges map `code` to their own status; messages are for people. */
export class WeirError extends Error {
  readonly code: string;
  readonly retryable: boolean;

  constructor(code: string, message: string, options: { cause?: unknown; retryable?: boolean } = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'WeirError';
    this.code = code;
    this.retryable = options.retryable ?? false;
  }
}
