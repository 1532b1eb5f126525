import { expect, test } from 'vitest';
import { Gate } from './gate.js';

function open(signal = new AbortController().signal) {
  const seen: number[] = [];
  const gate = new Gate({ firstDelayMs: 1, maxDelayMs: 4, signal, onFailure: (_, failures) => seen.push(failures) });
  return { gate, seen };
}

test('work that fails is repeated until it succeeds, and knows that it is a repeat', async () => {
  const { gate, seen } = open();
  const repeats: boolean[] = [];
  const result = await gate.through(async (isRepeat) => {
    repeats.push(isRepeat);
    if (repeats.length < 40) throw new Error('away');
    return 'stored';
  });
  expect(result).toBe('stored');
  expect(repeats).toEqual([false, ...Array.from({ length: 39 }, () => true)]);
  expect(seen.at(-1)).toBe(39);
  expect(gate.failingSince).toBeNull();
});

test('while it fails, one caller tries at a time; once it works, all go through', async () => {
  const { gate } = open();
  let isAway = true;
  let trying = 0;
  let most = 0;
  let tries = 0;
  const work = async () => {
    trying++;
    await Promise.resolve();
    if (tries > 10) most = Math.max(most, trying);
    tries++;
    trying--;
    if (tries === 60) isAway = false;
    if (isAway) throw new Error('away');
  };
  await Promise.all(Array.from({ length: 10 }, () => gate.through(work)));
  expect(most).toBe(1);
});

test('a caller who waits at the gate leaves when the worker stops', async () => {
  const stopping = new AbortController();
  const { gate } = open(stopping.signal);
  const waiting = gate.through(() => Promise.reject(new Error('away')));
  const others = gate.through(() => Promise.reject(new Error('away')));
  stopping.abort(new Error('the worker stops'));
  await expect(waiting).rejects.toThrow();
  await expect(others).rejects.toThrow();
});
