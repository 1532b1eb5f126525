import { expect, it } from 'vitest';
import { loadUsageParams } from './search-params';

it('an address gives the same view to whoever opens it', () => {
  const params = loadUsageParams(
    'range=custom&customStart=2026-11-01T00:00:00.000Z&customEnd=2026-11-08T00:00:00.000Z&groupBy=model&providers=a,b&view=table',
  );
  expect(params).toMatchObject({
    range: 'custom',
    customStart: new Date('2026-11-01T00:00:00Z'),
    customEnd: new Date('2026-11-08T00:00:00Z'),
    groupBy: 'model',
    providers: ['a', 'b'],
    models: [],
    view: 'table',
  });
});

it('what makes no sense falls back to the default', () => {
  expect(loadUsageParams('range=forever&groupBy=secret&customStart=tomorrow&view=3d')).toMatchObject({
    range: '7d',
    groupBy: 'provider',
    customStart: null,
    view: 'chart',
  });
});
