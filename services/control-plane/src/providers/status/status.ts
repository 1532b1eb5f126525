import type { ProviderTypeDefinition } from '@weir/providers';
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

/** Every endpoint of the type, with what the last test found. */
export function endpointStatuses(
  definition: ProviderTypeDefinition,
  checks: readonly EndpointCheck[],
): EndpointStatus[] {
  return endpointsOf(definition).map(({ name, path }) => {
    const check = checks.find(({ endpoint }) => endpoint === name);
    return {
      endpoint: name,
      path,
      state: check ? stateOf(check) : EndpointState.UNTESTED,
      reason: check ? check.reason : 'Not called by a test since the connection was last changed.',
      checkedAt: check?.checkedAt ?? null,
      latencyMs: check?.latencyMs ?? null,
    };
  });
}

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
