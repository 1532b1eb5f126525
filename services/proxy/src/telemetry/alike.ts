import type { UsageEvent } from '@weir/contracts';
import { AttributeSet } from '@weir/telemetry';
import type { ServedProvider } from '../snapshot/snapshot.js';
import { clientAttributes, methodOf, operationAttributes, serverAttributes } from './call-attributes.js';
import type { CallMetrics, CallSeries } from './call-metrics.js';
import { operationOf } from './semantics.js';

/** Of one provider; models and outcomes of its calls make few kinds, whatever callers make up makes many. */
const REMEMBERED_MAX = 512;

/** What is told of every call of a kind, made once for all of them. */
export interface Alike {
  readonly server: AttributeSet;
  readonly client: AttributeSet;
  readonly clientName: string;
  readonly isOperation: boolean;
  /** null: its kind is not measured. */
  readonly series: CallSeries | null;
}

/** Calls of a provider by what they have in common, so that of most calls only ids and figures are written anew. */
export class AlikeCalls {
  private readonly byProvider = new WeakMap<ServedProvider, Map<string, Alike>>();

  constructor(private readonly metrics: CallMetrics | null) {}

  of(event: UsageEvent, provider: ServedProvider): Alike {
    let known = this.byProvider.get(provider);
    if (known === undefined) {
      known = new Map();
      this.byProvider.set(provider, known);
    }
    const key = keyOf(event);
    let alike = known.get(key);
    if (alike === undefined) {
      if (known.size >= REMEMBERED_MAX) known.clear();
      alike = this.make(event, provider);
      known.set(key, alike);
    }
    return alike;
  }

  private make(event: UsageEvent, provider: ServedProvider): Alike {
    const operation = operationOf(event.endpoint);
    const model = event.requestedModel;
    return {
      server: new AttributeSet(serverAttributes(event.method, event.status, event, null)),
      client: new AttributeSet(clientAttributes(event, provider, operation)),
      clientName: operation === null ? methodOf(event.method) : model === null ? operation : `${operation} ${model}`,
      isOperation: operation !== null,
      series:
        this.metrics === null || operation === null
          ? null
          : this.metrics.seriesOf(operationAttributes(event, provider, operation)),
    };
  }
}

/** Everything of an event that the attributes are made of. Models may be called anything: one has its length, one is last. */
function keyOf(event: UsageEvent): string {
  const { method, endpoint, provider, app, environment, outcome, errorCode, status, upstreamStatus } = event;
  const { providerType, requestedModel, servedModel, streamed, usageSource } = event;
  const call = `${method}\n${endpoint}\n${provider}\n${app}\n${environment}\n${providerType}\n${streamed}\n${usageSource}`;
  const end = `${outcome}\n${errorCode}\n${status}\n${upstreamStatus}`;
  return `${call}\n${end}\n${requestedModel?.length}\n${requestedModel}\n${servedModel}`;
}
