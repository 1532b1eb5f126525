import { describe, expect, it } from 'vitest';
import { MONOGRAMS } from '../monograms';
import { anthropic, bedrock, compatible, openai } from './fixtures';
import { groupTypes } from './type-groups';

const types = [compatible, bedrock, anthropic, openai, { ...openai, type: 'new_one', label: 'New one' }];
const found = (search: string) => groupTypes(types, search).flatMap((group) => group.types.map(({ type }) => type));

describe('the types to choose from', () => {
  it('stand with the best known first, and one nobody grouped yet is not lost', () => {
    expect(groupTypes(types, '').map(({ label }) => label)).toEqual(['Most used', 'Clouds', 'Your own, and any other']);
    expect(found('')).toEqual(['openai', 'anthropic', 'bedrock', 'openai_compatible', 'new_one']);
  });

  it.each([
    ['claude', ['anthropic', 'bedrock']],
    ['AWS', ['bedrock']],
    ['vllm', ['openai_compatible']],
    ['open compat', ['openai_compatible']],
    ['nothing so', []],
  ])('are found by %j, by what people call them', (search, expected) => {
    expect(found(search)).toEqual(expected);
  });
});

it('every type has a mark of its own', () => {
  const marks = Object.values(MONOGRAMS);
  expect(marks).toHaveLength(20);
  expect(new Set(marks).size).toBe(marks.length);
  expect(marks.filter((mark) => !/^[A-Z][a-z0-9]$/.test(mark))).toEqual([]);
});
