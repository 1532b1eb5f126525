/**
 * Headers by which Next's own machinery talks to itself. From outside they are only ever an attempt to skip a step
 * (CVE-2025-29927 and its relatives); the console has no server actions.
 */
const INTERNAL_HEADERS = [
  'x-middleware-subrequest',
  'x-middleware-subrequest-id',
  'next-action',
  'next-resume',
  'x-action-forwarded',
  'x-matched-path',
  'x-now-route-matches',
  'x-invoke-path',
  'x-middleware-invoke',
  'upgrade',
] as const;

const METHODS = new Set(['GET', 'HEAD', 'POST']);

export interface Refusal {
  readonly status: number;
  readonly reason: string;
}

/** Why a request is turned away before anything looks at it, or null. */
export function refusalOf(headers: Pick<Headers, 'has'>, method: string): Refusal | null {
  if (!METHODS.has(method)) return { status: 405, reason: 'method not allowed' };
  const offending = INTERNAL_HEADERS.find((name) => headers.has(name));
  return offending ? { status: 400, reason: `header ${offending} is not accepted` } : null;
}
