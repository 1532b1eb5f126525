import { expect, test } from 'vitest';
import { coalesce } from './coalesce.js';

function gated() {
  const starts: Array<{ finish: (value: number) => void; fail: (error: Error) => void }> = [];
  const run = coalesce(() => {
    return new Promise<number>((finish, fail) => starts.push({ finish, fail }));
  });
  return { starts, run };
}

test('callers that arrive during a run share one later run', async () => {
  const { starts, run } = gated();
  const first = run();
  const second = run();
  const third = run();
  expect(starts).toHaveLength(1);
  starts[0]?.finish(1);
  await first;
  await expect.poll(() => starts.length).toBe(2);
  starts[1]?.finish(2);
  expect(await Promise.all([first, second, third])).toEqual([1, 2, 2]);
  expect(starts).toHaveLength(2);
});

test('a failed run fails its own callers only, and the next run still happens', async () => {
  const { starts, run } = gated();
  const first = run();
  const second = run();
  starts[0]?.fail(new Error('database away'));
  await expect(first).rejects.toThrow('database away');
  await expect.poll(() => starts.length).toBe(2);
  starts[1]?.finish(7);
  expect(await second).toBe(7);
  const fourth = run();
  expect(starts).toHaveLength(3);
  starts[2]?.finish(8);
  expect(await fourth).toBe(8);
});
