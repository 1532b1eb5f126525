import { describe, expect, it } from 'vitest';
import { appearances, inKnownOrder } from './appearance';

const series = (key: string, group?: string) => ({ key, label: key, values: [], ...(group ? { group } : {}) });
const REST = { key: ' other', label: 'Other (4)', values: [], other: true };

describe('looks while figures come in', () => {
  it('stay with their series when the order changes and when others leave', () => {
    const before = appearances([series('a', 'x'), series('b', 'x'), series('c', 'y'), REST]);
    const after = appearances([series('c', 'y'), series('b', 'x'), REST], before);
    for (const key of ['b', 'c', ' other']) expect(after.get(key)).toEqual(before.get(key));
  });

  it('of newcomers are nobody else’s, and of the hue of their type', () => {
    const before = appearances([series('a', 'x'), series('b', 'y')]);
    const after = appearances([series('new', 'y'), series('b', 'y'), series('a', 'x'), series('third', 'z')], before);
    expect(after.get('new')?.paint).toEqual(before.get('b')?.paint);
    expect(after.get('new')?.hatch).not.toBe(before.get('b')?.hatch);
    expect(new Set([...after.values()].map(({ paint, hatch }) => paint.light + hatch)).size).toBe(4);
    expect(after.get('third')?.paint).not.toEqual(after.get('a')?.paint);
  });
});

describe('the order of a stack while figures come in', () => {
  it('stays, with newcomers on top of it and the rest last', () => {
    const now = [series('new'), series('b'), REST, series('a')];
    expect(inKnownOrder(now, ['a', 'b', ' other', 'gone']).map(({ key }) => key)).toEqual(['a', 'b', 'new', ' other']);
  });

  it('is as given where nothing is known', () => {
    expect(inKnownOrder([series('b'), series('a'), REST], []).map(({ key }) => key)).toEqual(['b', 'a', ' other']);
  });
});
