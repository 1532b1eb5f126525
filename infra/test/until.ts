import { setTimeout as delay } from 'node:timers/promises';

/** Waits for a condition. @throws naming it when it does not hold in time */
export async function until(what: string, holds: () => boolean | Promise<boolean>, withinMs = 20_000): Promise<void> {
  const deadline = performance.now() + withinMs;
  while (!(await holds())) {
    if (performance.now() > deadline) throw new Error(`not within ${withinMs / 1_000} s: ${what}`);
    await delay(20);
  }
}
