import { setTimeout as sleep } from 'node:timers/promises';
import { Samples, type Spread } from './percentile.js';
import type { RunningWeir } from './weir.js';

/** How often it is looked whether the call is there; the figures are this coarse. */
const LOOK_EVERY_MS = 20;
const GIVE_UP_MS = 30_000;

/** Milliseconds from the end of a call to the sums of Cost & Usage that hold it, call by call. */
export async function measureVisibility(weir: RunningWeir, calls: number): Promise<Spread> {
  const samples = new Samples();
  for (let made = 0; made < calls; made++) {
    const before = await weir.shown();
    await weir.call();
    const startMs = performance.now();
    while ((await weir.shown()) <= before) {
      if (performance.now() - startMs > GIVE_UP_MS) throw new Error('a finished call did not come up in Cost & Usage');
      await sleep(LOOK_EVERY_MS);
    }
    samples.add(performance.now() - startMs);
  }
  return samples.spread();
}
