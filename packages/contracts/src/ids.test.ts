import { expect, it } from 'vitest';
import { newId, uuid } from './ids.js';

it('makes ids that are unique, valid UUIDs of version 7 and in the order of their making', () => {
  const ids = Array.from({ length: 50_000 }, newId);
  expect(new Set(ids).size).toBe(ids.length);
  expect([...ids].sort()).toEqual(ids);
  for (const id of ids.slice(0, 100)) expect(uuid.safeParse(id).success).toBe(true);
  expect(ids[0]?.[14]).toBe('7');
});

it('carries the time of its making', () => {
  const before = Date.now();
  const madeAt = Number.parseInt(newId().replaceAll('-', '').slice(0, 12), 16);
  expect(madeAt).toBeGreaterThanOrEqual(before);
  expect(madeAt - before).toBeLessThan(1_000);
});
