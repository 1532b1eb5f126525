import { expect, test } from 'vitest';
import { type FigureNotice, resolved, resolvedAll } from './notice';

const NOW = new Date('2026-11-21T12:00:00Z');
const notice = (rest: Partial<FigureNotice>): FigureNotice => ({
  ...{ id: 'n', kind: 'MODEL_UNPRICED', title: 'house has no price', detail: 'Set one.', provider: 'openai' },
  ...{ model: 'house', calls: 3, since: '2026-11-20T00:00:00Z' },
  ...rest,
});

test('each kind leads to what settles it', () => {
  expect(resolved(notice({}), NOW)).toMatchObject({
    linkText: 'Set a price',
    href: '/usage/unpriced?providers=openai&models=house',
  });
  expect(resolved(notice({ kind: 'USAGE_NOT_REPORTED', model: null }), NOW)).toMatchObject({
    linkText: 'Choose a fallback',
    href: '/providers/openai?tab=settings',
  });
  const estimated = resolved(notice({ kind: 'USAGE_ESTIMATED' }), NOW);
  expect(new URL(estimated.href, 'http://x').searchParams.get('from')).toBe('2026-11-20T00:00:00Z');
  expect(new URL(estimated.href, 'http://x').searchParams.get('models')).toBe('house');
});

test('many models without a price are five lines and the number of the rest', () => {
  const found = Array.from({ length: 8 }, (_, index) => notice({ id: `n${index}`, title: `m${index}`, calls: index }));
  const shown = resolvedAll([...found, notice({ id: 'u', kind: 'USAGE_NOT_REPORTED' })], NOW);
  expect(shown.map(({ id }) => id)).toEqual(['u', 'n7', 'n6', 'n5', 'n4', 'n3', 'unpriced/more']);
  expect(shown.at(-1)?.text).toBe('3 more models have no price');
});
