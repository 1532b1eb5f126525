import { expect, test } from 'vitest';
import { anomalyHref, anomalyNotices } from './anomaly-notices';

const anomaly = {
  ...{ day: '2026-11-19T00:00:00.000Z', dimension: 'model', key: 'gpt-4o', label: 'gpt-4o' },
  ...{ actual: '42', expected: '3.5', cause: 'Calls of checkout rose.' },
  filter: [
    { dimension: 'model', key: 'gpt-4o' },
    { dimension: 'app', key: 'checkout' },
  ],
};

test('leads to the whole day, narrowed to what stood out', () => {
  const { searchParams } = new URL(anomalyHref(anomaly), 'http://localhost');
  expect(Object.fromEntries(searchParams)).toEqual({
    ...{ range: 'custom', customStart: '2026-11-19T00:00:00.000Z', customEnd: '2026-11-20T00:00:00.000Z' },
    ...{ groupBy: 'app', models: 'gpt-4o', apps: 'checkout' },
  });
  const bare = new URL(anomalyHref({ ...anomaly, dimension: 'provider', key: 'main', filter: [] }), 'http://localhost');
  expect(bare.searchParams.get('providers')).toBe('main');
  expect(bare.searchParams.get('groupBy')).toBe('model');
});

test('says the amount, what was to be expected and the cause', () => {
  const [notice] = anomalyNotices([anomaly]);
  expect(notice?.text).toBe('gpt-4o cost $42.00 on 19 Nov 2026; $3.50 was to be expected');
  expect(notice?.detail).toBe('Calls of checkout rose.');
  expect(anomalyNotices(Array.from({ length: 9 }, () => anomaly))).toHaveLength(3);
});
