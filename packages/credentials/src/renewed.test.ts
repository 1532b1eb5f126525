import { describe, expect, it } from 'vitest';
import { Clock } from '../test/support/parts.js';
import { LAST_MOMENT_MS, type Minted, RENEW_AHEAD_MS, Renewed, UNDATED_MS } from './renewed.js';

const HOUR_MS = 3_600_000;

/** A mint whose answers are decided by the test, one by one. */
function setUp() {
  const clock = new Clock();
  const waiting: { resolve: (minted: Minted<string>) => void; reject: (error: Error) => void }[] = [];
  let asked = 0;
  const failures: unknown[] = [];
  const renewed = new Renewed<string>(
    () => {
      asked++;
      return new Promise((resolve, reject) => waiting.push({ resolve, reject }));
    },
    { nowMs: clock.read, onFailure: (error) => failures.push(error) },
  );
  const settle = async (answer: Error | string, lifeMs: number | null = HOUR_MS) => {
    const next = waiting.shift();
    if (answer instanceof Error) next?.reject(answer);
    else next?.resolve({ value: answer, expiresAtMs: lifeMs === null ? null : clock.nowMs + lifeMs });
    await new Promise((resolve) => setImmediate(resolve));
  };
  const first = async (lifeMs: number | null = HOUR_MS) => {
    const value = renewed.get();
    await settle('first', lifeMs);
    expect(await value).toBe('first');
  };
  return { clock, renewed, settle, first, failures, asked: () => asked };
}

describe('a minted value', () => {
  it('is minted once for all who wait for the first one', async () => {
    const { renewed, settle, asked } = setUp();
    const calls = [renewed.get(), renewed.get(), renewed.get()];
    await settle('first');
    expect(await Promise.all(calls)).toEqual(['first', 'first', 'first']);
    expect(asked()).toBe(1);
  });

  it('is given at once, without a promise, while it is fresh', async () => {
    const { clock, renewed, first, asked } = setUp();
    await first();
    clock.advance(HOUR_MS - RENEW_AHEAD_MS - 1);
    expect(renewed.get()).toBe('first');
    expect(asked()).toBe(1);
  });

  it('is renewed ahead of its end while the former one goes on serving', async () => {
    const { clock, renewed, settle, first, asked } = setUp();
    await first();
    clock.advance(HOUR_MS - RENEW_AHEAD_MS);
    expect([renewed.get(), renewed.get()]).toEqual(['first', 'first']);
    expect(asked()).toBe(2);
    await settle('second');
    expect(renewed.get()).toBe('second');
  });

  it('is renewed after half its life where that is short', async () => {
    const { clock, renewed, first, asked } = setUp();
    await first(60_000);
    clock.advance(29_999);
    void renewed.get();
    expect(asked()).toBe(1);
    clock.advance(1);
    void renewed.get();
    expect(asked()).toBe(2);
  });

  it('serves on when its renewal fails, which is tried again after growing pauses', async () => {
    const { clock, renewed, settle, first, failures, asked } = setUp();
    await first();
    clock.advance(HOUR_MS - RENEW_AHEAD_MS);
    for (const [tries, pauseMs] of [
      [2, 1_000],
      [3, 2_000],
      [4, 4_000],
    ] as const) {
      expect(renewed.get()).toBe('first');
      expect(asked()).toBe(tries);
      await settle(new Error('no'));
      clock.advance(pauseMs - 1);
      expect(renewed.get()).toBe('first');
      expect(asked()).toBe(tries);
      clock.advance(1);
    }
    expect(failures).toHaveLength(3);
  });

  it('is not given in its last moments; then whoever asks hears why there is no other', async () => {
    const { clock, renewed, settle, first, asked } = setUp();
    await first();
    clock.advance(HOUR_MS - LAST_MOMENT_MS);
    const call = renewed.get();
    const heard = expect(call).rejects.toThrow('the role is gone');
    await settle(new Error('the role is gone'));
    await heard;
    // Between two tries nobody is asked.
    await expect(renewed.get()).rejects.toThrow('the role is gone');
    expect(asked()).toBe(2);
    clock.advance(1_000);
    const again = renewed.get();
    await settle('second');
    expect(await again).toBe('second');
  });

  it('pauses a minute at most', async () => {
    const { clock, renewed, settle, asked } = setUp();
    for (let tries = 1; tries <= 20; tries++) {
      const call = renewed.get();
      const heard = expect(call).rejects.toThrow('no');
      await settle(new Error('no'));
      await heard;
      expect(asked()).toBe(tries);
      clock.advance(60_000);
    }
  });

  it('that states no end is looked for again after a while', async () => {
    const { clock, renewed, first, asked } = setUp();
    await first(null);
    clock.advance(UNDATED_MS - 1);
    void renewed.get();
    expect(asked()).toBe(1);
    clock.advance(1);
    expect(renewed.get()).toBe('first');
    expect(asked()).toBe(2);
  });
});
