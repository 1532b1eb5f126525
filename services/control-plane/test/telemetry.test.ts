import { afterAll, beforeAll, expect, test } from 'vitest';
import { type OtlpReceiver, startOtlpReceiver } from '../../../packages/telemetry/test/otlp-receiver.js';
import { loadConfig } from '../src/platform/config.js';
import { type System, startSystem } from './system.js';

let collector: OtlpReceiver;
let system: System;

beforeAll(async () => {
  collector = await startOtlpReceiver();
  system = await startSystem({
    OTEL_EXPORTER_OTLP_ENDPOINT: collector.endpoint,
    OTEL_BSP_SCHEDULE_DELAY: '20',
    OTEL_METRICS_EXPORTER: 'none',
  });
});
afterAll(async () => {
  await system?.stop();
  await collector?.close();
});

const named = async (name: string) => {
  await expect.poll(() => collector.spans.some((span) => span.name === name), { timeout: 10_000 }).toBe(true);
  return collector.spans.find((span) => span.name === name);
};

test('a GraphQL operation is one span with its type and name, and none of its values', async () => {
  const query = 'query SetUp($hidden: Boolean!) { setUpOpen: __typename @skip(if: $hidden) }';
  await system.caller().ask(query, { hidden: false, more: 'walnut-heron-7731' });
  const span = await named('query SetUp');
  expect(span).toMatchObject({ kind: 2, resource: { 'service.name': 'weir-control-plane' } });
  expect(span?.attributes).toMatchObject({ 'graphql.operation.type': 'query', 'graphql.operation.name': 'SetUp' });
  expect(Buffer.concat(collector.bodies).toString('latin1')).not.toContain('walnut-heron-7731');
});

test('a request at the door is one span by its route; what asks for news in vain, and other routes, are none', async () => {
  const { doorToken } = loadConfig(system.env).masterKey;
  const at = (path: string, headers = {}) => fetch(`${system.control.internalUrl}${path}`, { headers });
  await at('/readyz');
  const claim = { method: 'POST', headers: { authorization: `Bearer ${doorToken}` } };
  const claimed = await fetch(`${system.control.internalUrl}/door/v1/transcript-deletions/claim`, claim);
  expect(claimed.status).toBe(204);
  await at('/door/v1/snapshot?wait=0', { authorization: 'Bearer wrong' });
  await expect
    .poll(() => collector.spans.some(({ attributes }) => attributes['http.response.status_code'] === 401))
    .toBe(true);
  const routes = collector.spans.map(({ attributes }) => attributes['http.route']).filter(Boolean);
  expect(routes.length).toBe(1);
  expect(String(routes[0])).toMatch(/^\/door\/[^?]*$/);
  expect(Buffer.concat(collector.bodies).toString('latin1')).not.toContain(doorToken);
});

test('a wrong setting is told with the others, by its name', () => {
  const wrong = { ...system.env, WEIR_CONTROL_PORT: 'x', OTEL_TRACES_SAMPLER: 'often' };
  expect(() => loadConfig(wrong)).toThrow(/WEIR_CONTROL_PORT[\s\S]*OTEL_TRACES_SAMPLER/);
});
