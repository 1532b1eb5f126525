import { describe, expect, it } from 'vitest';
import { filterInput, sortInput } from './list-query';

const none = { search: '', type: [], status: [], environment: null, model: null };

describe('the list of the address', () => {
  it('asks for nothing in particular while nothing is chosen', () => {
    expect(filterInput({ ...none, search: '  ' })).toEqual({});
    expect(sortInput('')).toEqual({ sort: 'name', descending: false });
  });

  it('narrows by everything that is chosen', () => {
    expect(
      filterInput({ search: ' eu ', type: ['openai'], status: ['untested'], environment: 'staging', model: 'gpt-4o' }),
    ).toEqual({ search: 'eu', types: ['openai'], statuses: ['UNTESTED'], environment: 'staging', model: 'gpt-4o' });
  });

  it.each([
    [['enabled'], ['READY', 'FAILING', 'UNTESTED']],
    [['enabled', 'failing'], ['FAILING']],
    [['disabled'], ['DISABLED']],
    [
      ['disabled', 'untested'],
      ['UNTESTED', 'DISABLED'],
    ],
    [
      ['enabled', 'disabled'],
      ['READY', 'FAILING', 'UNTESTED', 'DISABLED'],
    ],
  ] as const)('%j lets %j through', (status, statuses) => {
    expect(filterInput({ ...none, status })).toEqual({ statuses });
  });

  it.each([
    ['-spend', 'spend', true],
    ['provider', 'name', false],
    ['-updated', 'updatedAt', true],
    ['-nonsense', 'name', false],
    ['toString', 'name', false],
  ])('%s sorts by %s', (text, sort, descending) => {
    expect(sortInput(text)).toEqual({ sort, descending });
  });
});
