interface Outcome {
  readonly outcome: string;
  readonly startedAt: string;
  readonly errorCode: string | null;
}

const FAILED = new Set(['upstream_error', 'upstream_timeout', 'interrupted']);
/** These say nothing about the upstream: the app went away, or the call never left the gateway. */
const NO_VERDICT = new Set(['client_closed', 'refused']);

/** How calls, newest first, went at the upstream. */
export function healthOf<Call extends Outcome>(calls: readonly Call[]) {
  const asked = calls.filter(({ outcome }) => !NO_VERDICT.has(outcome));
  const failures = asked.filter(({ outcome }) => FAILED.has(outcome));
  return { asked: asked.length, failed: failures.length, lastFailure: failures[0] ?? null };
}
