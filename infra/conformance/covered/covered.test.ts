import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { loadCases } from '../case/load.js';
import { readFailures } from './failures.js';
import { ITEMS } from './items.js';
import { casesOf, coverageTable } from './table.js';

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));
const cases = loadCases(here('../cases'));
const failures = readFailures(here('failures.json'));

describe('the cases', () => {
  it.each(failures.map((failure) => [failure.number, failure.what, failure] as const))(
    'stand against failure %i, or a test does, or it says why none can: %s',
    (number, _, { tests, open }) => {
      const own = cases.filter((one) => one.failures.includes(number));
      expect(own.length + tests.length > 0 || open !== undefined).toBe(true);
      expect(tests.filter((test) => !existsSync(here(`../../../${test}`)))).toEqual([]);
    },
  );

  it('name no failure that is not listed, and each failure is listed once', () => {
    const numbers = failures.map(({ number }) => number);
    expect(new Set(numbers).size).toBe(numbers.length);
    expect(cases.filter((one) => one.failures.some((number) => !numbers.includes(number)))).toEqual([]);
  });

  it.each(ITEMS.flatMap((item) => item.appliesTo.map((dialect) => [item.name, dialect, item] as const)))(
    'have %s in %s',
    (_, dialect, item) => {
      expect(casesOf(item, dialect, cases)).not.toEqual([]);
    },
  );

  it('are in the published table as they are', () => {
    expect(readFileSync(here('README.md'), 'utf8')).toBe(coverageTable(failures, cases));
  });
});
