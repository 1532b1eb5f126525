import { describe, expect, it } from 'vitest';
import { OptionInvalid, readOptions } from './options.js';

describe('options', () => {
  it('mean every case against Weir where nothing is said', () => {
    expect(readOptions([])).toEqual({ gateways: ['weir'], pattern: null, report: null, isCoverage: false, scale: [] });
  });

  it('name gateways one by one or in a list', () => {
    expect(readOptions(['--gateway', 'weir,litellm']).gateways).toEqual(['weir', 'litellm']);
    expect(readOptions(['--gateway', 'litellm', '--gateway', 'weir']).gateways).toEqual(['litellm', 'weir']);
  });

  it('make a scale run of each policy, or of the one that is named', () => {
    const usual = { streams: 100_000, aborts: 5, failures: 1, seed: 1, atOnce: 64 };
    expect(readOptions(['--scale', '100000']).scale).toEqual([
      { ...usual, policy: 'drain' },
      { ...usual, policy: 'cancel' },
    ]);
    expect(readOptions(['--scale', '100000', '--scale', '50', '--policy', 'cancel', '--seed', '9']).scale).toEqual([
      { ...usual, streams: 50, seed: 9, policy: 'cancel' },
    ]);
  });

  it.each([
    [['--gateway', 'nobody'], '--gateway nobody'],
    [['--scale', 'many'], '--scale many'],
    [['--scale', '0'], '--scale 0'],
    [['--scale', '5', '--policy', 'guess'], '--policy guess'],
    [['--scale', '5', '--aborts', '101'], '--aborts 101'],
    [['--sclae', '5'], '--sclae'],
  ])('%j are refused and named', (args, named) => {
    expect(() => readOptions(args)).toThrow(OptionInvalid);
    expect(() => readOptions(args)).toThrow(named);
  });
});
