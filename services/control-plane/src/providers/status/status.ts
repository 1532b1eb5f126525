import type { ProviderScope } from '@weir/providers';
import { endpointsOf } from './endpoints.js';
import { EndpointState, type EndpointStatus, ProviderStatus } from './status.types.js';

/** What a test found at one endpoint. */
export interface EndpointCheck {
  readonly endpoint: string;
  /** A name of {@link EndpointState}. */
  readonly state: string;
  readonly reason: string | null;
  readonly latencyMs: number | null;
  readonly checkedAt: Date;
}

/** Every endpoint of the type, and what the last test found. */
export function endpointStatuses(scope: ProviderScope | null, checks: readonly EndpointCheck[]): EndpointStatus[] {
  const rows = endpointsOf(scope).map(({ capability, name, path, isServed, reason }) => {
    const endpoint = name === null || name === 'opaque' ? capability : name;
    const check = checks.find((one) => one.endpoint === (name ?? endpoint));
    const described = { capability, endpoint, path };
    if (check) return { ...described, ...found(check) };
    const state = isServed ? EndpointState.UNTESTED : EndpointState.UNSUPPORTED;
    return { ...described, state, reason: reason ?? NOT_CALLED, checkedAt: null, latencyMs: null };
  });
  const shown = new Set(rows.map(({ endpoint }) => endpoint));
  const others = checks.filter(({ endpoint }) => endpoint !== 'opaque' && !shown.has(endpoint));
  return [
    ...rows,
    ...others.map((check) => ({ capability: check.endpoint, endpoint: check.endpoint, path: null, ...found(check) })),
  ];
}

const found = (check: EndpointCheck) => ({
  state: stateOf(check),
  reason: check.reason,
  checkedAt: check.checkedAt,
  latencyMs: check.latencyMs,
});

const NOT_CALLED = 'Not called by a test since the connection was last changed.';

const stateOf = ({ state }: EndpointCheck): EndpointState =>
  EndpointState[state as keyof typeof EndpointState] ?? EndpointState.UNTESTED;

/** What a provider as a whole can do, and why not more. */
export function statusOf(
  enabled: boolean,
  checks: readonly EndpointCheck[],
): { readonly status: ProviderStatus; readonly reasons: string[] } {
  if (!enabled) return { status: ProviderStatus.DISABLED, reasons: ['Switched off: every call to it is refused.'] };
  const failing = checks.filter((check) => stateOf(check) === EndpointState.FAILING);
  if (failing.length > 0) {
    return { status: ProviderStatus.FAILING, reasons: [...new Set(failing.flatMap(({ reason }) => reason ?? []))] };
  }
  if (checks.some((check) => stateOf(check) === EndpointState.READY)) {
    return { status: ProviderStatus.READY, reasons: [] };
  }
  const reasons = [...new Set(checks.flatMap(({ reason }) => reason ?? []))];
  const never = ['The connection has not been tested since it was last changed.'];
  return { status: ProviderStatus.UNTESTED, reasons: reasons.length > 0 ? reasons : never };
}
