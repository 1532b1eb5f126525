import type { ProviderScope } from '@weir/providers';
import { endpointsOf } from '../status/endpoints.js';
import { EndpointState } from '../status/status.types.js';
import type { Exchange } from './exchange.js';

/** What a test found at one endpoint. */
export interface Finding {
  readonly endpoint: string;
  readonly state: EndpointState;
  /** null when ready. */
  readonly reason: string | null;
  readonly latencyMs: number | null;
}

/** Statuses that say of a model list that there is none, or none for this credential. */
const NO_LIST: readonly (number | null)[] = [403, 404, 405, 501];

/** What the calls of one test say about the endpoints of the type. */
export function findingsOf(scope: ProviderScope | null, exchanges: readonly Exchange[]): Finding[] {
  const decisive = exchanges.find(({ ok, isDecisive }) => !ok && isDecisive);
  if (decisive) {
    const { summary: reason, latencyMs } = decisive;
    const served = endpointsOf(scope).flatMap(({ name, isServed }) => (isServed && name ? [name] : []));
    return [...new Set(served)].map((endpoint) => ({
      endpoint,
      state: EndpointState.FAILING,
      reason,
      latencyMs: endpoint === decisive.endpoint ? latencyMs : null,
    }));
  }
  const serves = exchanges.some(({ ok, endpoint }) => ok && endpoint !== 'models');
  return exchanges.map(({ endpoint, ok, status, summary, latencyMs }) => {
    if (ok && status !== null && status < 400) return { endpoint, state: EndpointState.READY, reason: null, latencyMs };
    // With passthrough a refused call proves the address and leaves the rest to the caller's credential.
    if (ok) return { endpoint, state: EndpointState.UNTESTED, reason: summary, latencyMs };
    if (endpoint === 'models' && serves && NO_LIST.includes(status)) {
      const reason = 'The upstream lists no models here, or not for this credential; name its models by hand.';
      return { endpoint, state: EndpointState.UNSUPPORTED, reason, latencyMs };
    }
    return { endpoint, state: EndpointState.FAILING, reason: summary, latencyMs };
  });
}
