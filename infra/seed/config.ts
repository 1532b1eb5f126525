import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

export interface SeedConfig {
  readonly home: string;
  readonly masterKey: string | undefined;
  /** undefined = the account of the demo, where there is one. */
  readonly admin: { readonly email: string; readonly password: string } | undefined;
  readonly events: number;
  readonly days: number;
  readonly seed: number;
  /** UTC epoch ms. */
  readonly untilMs: number;
  readonly lanes: number;
  readonly amongRealEvents: boolean;
}

export class SeedOptionsInvalid extends Error {
  readonly code = 'SEED_OPTIONS_INVALID';
}

const USAGE = `npm run seed:usage -- [--events 1000000] [--days 400] [--seed 1] [--until 2026-11-21T00:00Z] [--lanes 2]
  Fills the running Weir (npm start) with made-up usage. Signs in as WEIR_ADMIN_EMAIL with WEIR_ADMIN_PASSWORD.
  --events N            how many events in all
  --days D              how far back they reach
  --seed N              another number makes other events
  --until ISO           where they end (now); repeat it to go on with a run that was broken off
  --lanes N             inserts at a time (cores)
  --demo                the home of npm start -- --demo
  --among-real-events   also where the project has events of its own`;

/** @throws SeedOptionsInvalid */
export function readSeedConfig(
  env: NodeJS.ProcessEnv,
  args: readonly string[],
  root: string,
  nowMs: number,
): SeedConfig {
  const values = parse(args);
  const whole = (name: 'events' | 'days' | 'seed' | 'lanes', fallback: number, most: number): number => {
    const text = values[name] ?? String(fallback);
    const value = Number(text.replaceAll('_', ''));
    if (Number.isInteger(value) && value >= 1 && value <= most) return value;
    throw new SeedOptionsInvalid(
      `--${name} must be a whole number from 1 to ${most}, not ${JSON.stringify(text)}\n${USAGE}`,
    );
  };
  const untilMs = values.until === undefined ? nowMs : Date.parse(values.until);
  if (Number.isNaN(untilMs))
    throw new SeedOptionsInvalid(`--until must be a time, not ${JSON.stringify(values.until)}\n${USAGE}`);
  const { WEIR_ADMIN_EMAIL: email, WEIR_ADMIN_PASSWORD: password } = env;
  return {
    home: env.WEIR_HOME || join(root, values.demo ? '.weir-demo' : '.weir'),
    masterKey: env.WEIR_MASTER_KEY || undefined,
    admin: email && password ? { email, password } : undefined,
    events: whole('events', 1_000_000, 1_000_000_000),
    days: whole('days', 400, 1_500),
    seed: whole('seed', 1, 1_000_000),
    lanes: whole('lanes', Math.min(availableParallelism(), 8), 64),
    untilMs,
    amongRealEvents: values['among-real-events'] ?? false,
  };
}

function parse(args: readonly string[]) {
  const text = { type: 'string' } as const;
  const flag = { type: 'boolean' } as const;
  try {
    return parseArgs({
      args: [...args],
      options: {
        events: text,
        days: text,
        seed: text,
        until: text,
        lanes: text,
        demo: flag,
        'among-real-events': flag,
      },
    }).values;
  } catch (cause) {
    throw new SeedOptionsInvalid(`${(cause as Error).message}\n${USAGE}`, { cause });
  }
}
