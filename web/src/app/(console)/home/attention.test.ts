import { expect, test } from 'vitest';
import { noticesFrom } from './attention';

const quiet = {
  month: { unpricedCalls: 0 },
  lastHour: [{ key: 'openai', label: 'OpenAI', totals: { calls: 1000, failedCalls: 1 } }],
  providers: [{ name: 'openai', displayName: 'OpenAI', enabled: true }],
  figures: [],
  meter: { quarantined: 0, proxies: [{ current: true }] },
};

test('nothing to say when all is well, nor while nothing is known', () => {
  expect(noticesFrom(quiet)).toEqual([]);
  expect(
    noticesFrom({ month: undefined, lastHour: undefined, providers: undefined, figures: undefined, meter: undefined }),
  ).toEqual([]);
});

test('a single failed call is no failing provider, a twentieth of many is', () => {
  const failing = (calls: number, failedCalls: number) =>
    noticesFrom({ ...quiet, lastHour: [{ key: 'openai', label: 'OpenAI', totals: { calls, failedCalls } }] }).length;
  expect(failing(1, 1)).toBe(0);
  expect(failing(100, 4)).toBe(0);
  expect(failing(100, 5)).toBe(1);
});

test('failures come first, then what is set aside, behind, unpriced or disabled', () => {
  const notices = noticesFrom({
    month: { unpricedCalls: 3 },
    lastHour: [{ key: 'openai', label: 'OpenAI', totals: { calls: 10, failedCalls: 10 } }],
    providers: [{ name: 'openai', displayName: 'OpenAI', enabled: false }],
    figures: [],
    meter: { quarantined: 1, proxies: [{ current: false }, { current: true }] },
  });
  expect(notices.map(({ id }) => id)).toEqual([
    'failing/openai',
    'quarantined',
    'behind',
    'unpriced',
    'disabled/openai',
  ]);
  expect(notices[1]?.text).toBe('1 event could not be stored and was set aside');
});

test('models named without a price stand in for the sum of the month', () => {
  const named = {
    ...{ id: 'MODEL_UNPRICED:openai:house', severity: 'attention' as const, text: 'house has no price' },
    ...{ href: '/usage/unpriced?providers=openai&models=house', linkText: 'Set a price' },
  };
  const notices = noticesFrom({ ...quiet, month: { unpricedCalls: 3 }, figures: [named] });
  expect(notices.map(({ id }) => id)).toEqual(['MODEL_UNPRICED:openai:house']);
});
