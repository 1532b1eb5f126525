import { expect, it } from 'vitest';
import { narrowTo, parseTag, usageFilter, valueLabel } from './filters';

it('lists that narrow nothing are not asked for', () => {
  expect(usageFilter({ providers: [], models: ['gpt-4o'], tags: [] })).toEqual({ models: ['gpt-4o'] });
  expect(usageFilter({}, false)).toEqual({ withDeleted: false });
});

it('values of one tag stand together, different tags apart, and a value may hold the divider', () => {
  expect(usageFilter({ tags: ['team=search', 'cost=a=b', 'team='] })).toEqual({
    tags: [
      { key: 'team', values: ['search', ''] },
      { key: 'cost', values: ['a=b'] },
    ],
  });
  expect(parseTag('=value')).toBeNull();
  expect(parseTag('team')).toBeNull();
});

it('a group narrows its own dimension and keeps the rest', () => {
  const narrowed = { providers: ['a', 'b'], models: ['gpt-4o'], tags: ['team=search', 'stage=beta'] };
  expect(narrowTo(narrowed, 'provider', null, 'b')).toEqual({ ...narrowed, providers: ['b'] });
  expect(narrowTo(narrowed, 'user', null, '')).toEqual({ ...narrowed, users: [''] });
  expect(narrowTo(narrowed, 'tag', 'team', '')).toEqual({ ...narrowed, tags: ['stage=beta', 'team='] });
});

it('what has no value is named', () => {
  expect(valueLabel('user', '')).toBe('no user');
  expect(valueLabel('tag', '')).toBe('without this tag');
  expect(valueLabel('cost_type', 'cache_write')).toBe('Cache writes');
});
