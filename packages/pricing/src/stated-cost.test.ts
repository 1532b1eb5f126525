import { formatUsd } from '@weir/contracts';
import { expect, test } from 'vitest';
import { bookOf, entryOf, eventOf } from '../test/books.js';
import { rate } from './rate.js';

const BOOK = bookOf([entryOf('m', { input: '2', output: '8' })]);
const unknown = (providerStatedCostUsd: string | null, over = {}) =>
  rate(eventOf({ servedModel: 'home-made', meters: { input: 10 }, providerStatedCostUsd, ...over }), BOOK);

test.each([
  ['0.00123', '0.00123', 'as_stated'],
  ['1.5e-5', '0.000015', 'as_stated'],
  ['2E1', '20', 'as_stated'],
  ['0.0000000000015', '0.000000000002', 'stated_rounded'],
  ['0.0000000000025', '0.000000000002', 'stated_rounded'],
])('where no rate is known the cost is what the upstream states: %s', (stated, usd, rule) => {
  const { status, reason, total, parts, lines } = unknown(stated);
  expect({ status, reason }).toEqual({ status: 'reported', reason: null });
  expect([formatUsd(total ?? 0n), parts.other]).toEqual([usd, total]);
  expect(lines).toMatchObject([{ bucket: 'stated_cost', source: 'upstream', rule, amount: usd, quantity: 1 }]);
});

test('it stands in where the usage is unknown, too', () => {
  expect(unknown('0.25', { usageSource: 'none', meters: {} })).toMatchObject({ status: 'reported', knownAt: 0 });
});

test.each([null, '0', '0.000', '0e5', '-1', '', 'n/a', 'Infinity', '1e99', '0.0000000000001'])(
  'what states nothing above zero leaves the cost unknown: %s',
  (stated) => {
    expect(unknown(stated)).toMatchObject({ status: 'unpriced', reason: 'model_unknown', total: null });
  },
);

test('where the rates are known it is kept beside the cost, never in place of it', () => {
  const rating = rate(eventOf({ meters: { input: 1_000_000 }, providerStatedCostUsd: '7' }), BOOK);
  expect([rating.status, formatUsd(rating.total ?? 0n)]).toEqual(['computed', '2']);
});
