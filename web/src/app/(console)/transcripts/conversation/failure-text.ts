/** What a code of the gateway's own means; an upstream explains its codes itself. */
const MEANING: Readonly<Record<string, string>> = {
  upstream_unreachable: 'No connection to the upstream came about.',
  upstream_reset: 'The upstream closed the connection before its answer was whole.',
  upstream_timeout: 'The upstream did not answer in time.',
  credential_unavailable: 'The gateway had no credential for the upstream.',
  overloaded: 'The gateway had no room for another call.',
};

/** Why a turn failed, in a sentence. @param message the upstream's own, where it is known and may be read */
export function failureText(
  turn: { readonly errorCode: string | null; readonly upstreamErrorCode: string | null },
  message: string | null,
): string {
  if (message) return message;
  if (turn.upstreamErrorCode !== null) return 'The upstream’s own code.';
  return MEANING[turn.errorCode ?? ''] ?? 'Said by the gateway.';
}
