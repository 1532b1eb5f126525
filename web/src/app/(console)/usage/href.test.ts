import { expect, test } from 'vitest';
import { usageHref } from './href';
import { loadUsageParams } from './state/search-params';

const opened = (href: string) => loadUsageParams(new URL(href, 'http://localhost').searchParams);

test('the page opens with what the link says, a comma in a name included', () => {
  expect(
    opened(usageHref({ range: '7d', groupBy: 'model', providers: ['main'], models: ['a/b:c', 'x,y'] })),
  ).toMatchObject({ range: '7d', groupBy: 'model', providers: ['main'], models: ['a/b:c', 'x,y'], apps: [] });
});

test('any two moments are a range of one’s own', () => {
  const range = { from: '2026-10-01T00:00:00.000Z', to: '2026-11-01T00:00:00.000Z' };
  const shown = opened(usageHref({ range, apps: ['checkout'] }));
  expect(shown.range).toBe('custom');
  expect(shown.customStart?.toISOString()).toBe(range.from);
  expect(shown.customEnd?.toISOString()).toBe(range.to);
  expect(usageHref({})).toBe('/usage');
});
