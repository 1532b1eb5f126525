import { expect, it } from 'vitest';
import { namesOf, trafficOf } from './bulk-effect';

const provider = (displayName: string, requests: number | null) => ({
  displayName,
  lastSevenDays: requests === null ? null : { requests },
});

it('providers are named, up to five of them', () => {
  const all = ['A', 'B', 'C', 'D', 'E', 'F', 'G'].map((name) => provider(name, 0));
  expect(namesOf(all.slice(0, 1))).toBe('A');
  expect(namesOf(all.slice(0, 3))).toBe('A, B and C');
  expect(namesOf(all)).toBe('A, B, C, D, E and 2 more');
});

it('the traffic that stops is summed, and unknown where one of them is unknown', () => {
  expect(trafficOf([provider('A', 1000), provider('B', 234)])).toContain('1,234 calls');
  expect(trafficOf([provider('A', 0)])).toContain('Nobody');
  expect(trafficOf([provider('A', 5), provider('B', null)])).toContain('unknown');
});
