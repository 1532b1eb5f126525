import { expect, it } from 'vitest';
import { barHref } from './bar-href';
import { callsHref } from './href';
import { callsParsers } from './search-params';

const range = { from: new Date('2026-11-01T06:00:00Z'), to: new Date('2026-11-02T00:00:00Z') };
const read = (href: string) => {
  const search = new URLSearchParams(href.split('?')[1]);
  return (name: keyof typeof callsParsers) => callsParsers[name].parse(search.get(name) ?? '');
};

it('a filter comes back from the address as it went in, commas and tags included', () => {
  const filter = { models: ['a,b', ''], tags: [{ key: 'team', values: ['x,y', ''] }], withDeleted: false };
  const value = read(callsHref({ from: 'f', to: 't' }, filter));
  expect(value('models')).toEqual(['a,b', '']);
  expect(value('tags')).toEqual(['team=x,y', 'team=']);
  expect(value('deleted')).toBe(false);
});

it('a bar leads to the calls of its bucket and its group, and keeps what else is filtered', () => {
  const narrowed = { models: ['x', 'y'], apps: ['shop'], tags: ['team=search'] };
  const whole = read(barHref(range, narrowed, true, null));
  expect([whole('from'), whole('to')]).toEqual([range.from, range.to]);
  expect([whole('models'), whole('apps'), whole('deleted')]).toEqual([['x', 'y'], ['shop'], null]);
  const model = read(barHref(range, narrowed, false, { groupBy: 'model', tagKey: null, key: '' }));
  expect([model('models'), model('apps'), model('deleted')]).toEqual([[''], ['shop'], false]);
  const tag = read(barHref(range, narrowed, true, { groupBy: 'tag', tagKey: 'team', key: '' }));
  expect([tag('models'), tag('tags')]).toEqual([['x', 'y'], ['team=']]);
});
