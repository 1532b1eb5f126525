import { Random } from '../demo/random.js';
import type { PastCall } from './past-calls.js';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** Priced ones first, then one nobody knows a price of. */
export const PRICED = ['gpt-4o', 'gpt-4o-mini', 'gpt-4.1', 'gpt-4.1-mini', 'gpt-4.1-nano', 'o3', 'o4-mini', 'gpt-5'];
export const UNPRICED = 'house-model';

export interface World {
  readonly providers: readonly string[];
  readonly models: readonly string[];
  readonly users: number;
  readonly days: number;
  readonly callsPerDay: number;
}

const TEAMS = ['search', 'checkout', 'support', 'research'];

/** Calls of the last days up to `untilMs`, some of every kind there is. The same world and moment give the same calls. */
export function usageOf(world: World, untilMs: number, seed = 7): PastCall[] {
  const random = new Random(seed);
  const calls: PastCall[] = [];
  for (let dayIndex = world.days; dayIndex > 0; dayIndex--) {
    const growth = dayIndex <= world.days / 2 ? 1.3 : 1;
    for (let index = 0; index < world.callsPerDay * growth; index++) {
      calls.push(callAt(random, world, Math.floor(untilMs - dayIndex * DAY_MS + random.unit() * DAY_MS), calls.length));
    }
  }
  return calls.sort((a, b) => a.startedAt - b.startedAt);
}

function callAt(random: Random, world: World, startedAt: number, index: number): PastCall {
  // Each of the lists comes by once before chance decides, so that every group exists.
  const oneOf = (list: readonly string[]) =>
    list[index < list.length ? index : Math.floor(random.unit() ** 2 * list.length)] ?? '';
  const user = Math.floor(random.unit() ** 1.5 * (world.users + 1));
  const hasFailed = random.isTrue(0.04);
  const isStreamed = random.isTrue(0.6);
  const input = Math.round(random.around(1_800));
  const cachedInput = random.isTrue(0.5) ? Math.floor(input * 0.6) : 0;
  const output = Math.round(random.around(420));
  const durationMs = Math.round(400 + output * random.around(8, 0.2));
  return {
    startedAt,
    provider: oneOf(world.providers),
    requestedModel: oneOf(world.models),
    user: user === 0 ? null : `person-${user}@example.com`,
    agent: random.pick<string | null>([
      [null, 4],
      ['planner', 3],
      ['reviewer', 1],
    ]),
    tags: random.isTrue(0.7) ? { team: TEAMS[random.whole(0, TEAMS.length - 1)] ?? '', note: 'x,y=z' } : {},
    environment: random.isTrue(0.8) ? 'production' : 'staging',
    streamed: isStreamed,
    firstTokenMs: isStreamed && !hasFailed ? Math.round(random.around(350, 0.4)) : null,
    durationMs,
    ...(hasFailed
      ? { outcome: 'upstream_error', status: 500, upstreamStatus: 500, errorCode: 'server_error', meters: {} }
      : { meters: { input: input - cachedInput, cachedInput, output, reasoning: Math.floor(output * 0.2) } }),
    ...(hasFailed ? { usageSource: 'none' } : {}),
  };
}
