import { expect, it } from 'vitest';
import { newRestatementHref } from './href';

it('holds what is known of a restatement that is to be made, and nothing else', () => {
  expect(newRestatementHref({})).toBe('/ledger/restatements/new');
  const filter = {
    __typename: 'RestatementFilter',
    providers: ['openai'],
    models: ['a,b'],
    apps: [],
    unpricedOnly: true,
  };
  const href = newRestatementHref({ from: new Date('2026-11-01T00:00:00Z'), ...filter, reason: 'why & how' });
  expect([...new URL(href, 'http://localhost').searchParams]).toEqual([
    ['range', 'custom'],
    ['from', '2026-11-01T00:00:00.000Z'],
    ['providers', 'openai'],
    ['models', 'a%2Cb'],
    ['unpricedOnly', 'true'],
    ['reason', 'why & how'],
  ]);
});
