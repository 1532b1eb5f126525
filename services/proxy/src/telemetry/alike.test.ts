import type { UsageEvent } from '@weir/contracts';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { ServedProvider } from '../snapshot/snapshot.js';
import { AlikeCalls } from './alike.js';
import { clientAttributes, serverAttributes } from './call-attributes.js';
import { operationOf } from './semantics.js';

const providers = ['http://one.test', 'https://two.test:8443/v1'].map(
  (baseUrl) => ({ config: { baseUrl } }) as unknown as ServedProvider,
);
const few = <T>(...values: readonly T[]) => fc.constantFrom(...values);
const event = fc.record({
  ...{ method: few('POST', 'GET', 'BREW'), endpoint: few('chat.completions', 'embeddings', 'files', 'opaque') },
  ...{
    provider: few('p', 'q'),
    providerType: few('openai', 'bedrock'),
    app: few('a', 'b'),
    environment: few('e', 'f'),
  },
  ...{ outcome: few('completed', 'upstream_error', 'upstream_timeout', 'client_closed'), errorCode: few(null, 'x') },
  ...{ status: few(null, 200, 503), upstreamStatus: few(null, 200, 429) },
  ...{ requestedModel: few(null, 'm', 'n\nm'), servedModel: few(null, 'm', 'm\nm'), streamed: fc.boolean() },
  usageSource: few('reported', 'none'),
}) as unknown as fc.Arbitrary<UsageEvent>;

it('calls share attributes where every one of them is the same, and nowhere else', () => {
  fc.assert(
    fc.property(event, event, few(...providers), (first, other, provider) => {
      const alikes = new AlikeCalls(null);
      const names = Object.keys(first) as (keyof UsageEvent)[];
      for (const each of [first, ...names.map((name) => ({ ...first, [name]: other[name] }))]) {
        const { server, client, isOperation } = alikes.of(each, provider);
        const operation = operationOf(each.endpoint);
        expect(server.values).toEqual(serverAttributes(each.method, each.status, each, null));
        expect(client.values).toEqual(clientAttributes(each, provider, operation));
        expect(isOperation).toBe(operation !== null);
      }
    }),
  );
});
