import { join } from 'node:path';
import { parseArgs } from 'node:util';

export interface BenchOptions {
  /** Home of a running Weir that is already filled; null = one is started for the run and filled. */
  readonly home: string | null;
  readonly admin: { readonly email: string; readonly password: string };
  readonly events: number;
  readonly days: number;
  /** Times every question is asked while events arrive. */
  readonly rounds: number;
  readonly arrivalsPerSecond: number;
  /** Asks at a tenth of the events too. */
  readonly tenth: boolean;
  /** Page loads in Chromium; 0 = none. */
  readonly loads: number;
  readonly jsonFile: string;
  /** Only charts whose name holds this; '' = all. */
  readonly only: string;
}

const USAGE = `npm run bench:usage -- [--events 1000000] [--days 400] [--rounds 5] [--arrivals 2000] [--no-tenth] [--loads 10]
  --home DIR     ask a Weir that runs on that home and is filled already (npm run seed:usage), in place of one of its own;
                 signs in as WEIR_ADMIN_EMAIL with WEIR_ADMIN_PASSWORD
  --only TEXT    only charts whose name holds it, for example quality
  --json FILE    where the results go (default bench-usage.json)`;

/** @throws Error with the usage text when an argument is not known or no number */
export function readBenchOptions(env: NodeJS.ProcessEnv, args: readonly string[], cwd: string): BenchOptions {
  const values = parse(args);
  const whole = (text: string | undefined, fallback: number, name: string): number => {
    const value = Number((text ?? String(fallback)).replaceAll('_', ''));
    if (Number.isInteger(value) && value >= 0) return value;
    throw new Error(`--${name} must be a whole number, not ${JSON.stringify(text)}\n${USAGE}`);
  };
  const home = values.home ?? null;
  return {
    home,
    admin: {
      email: (home && env.WEIR_ADMIN_EMAIL) || 'admin@example.com',
      password: (home && env.WEIR_ADMIN_PASSWORD) || 'correct horse battery',
    },
    events: whole(values.events, 1_000_000, 'events'),
    days: whole(values.days, 400, 'days'),
    rounds: whole(values.rounds, 5, 'rounds'),
    arrivalsPerSecond: whole(values.arrivals, 2_000, 'arrivals'),
    tenth: home === null && !values['no-tenth'],
    loads: whole(values.loads, 10, 'loads'),
    only: values.only ?? '',
    jsonFile: values.json ?? join(cwd, 'bench-usage.json'),
  };
}

function parse(args: readonly string[]) {
  const text = { type: 'string' } as const;
  try {
    return parseArgs({
      args: [...args],
      options: {
        ...{ home: text, events: text, days: text, rounds: text, arrivals: text, loads: text, json: text, only: text },
        'no-tenth': { type: 'boolean' },
      },
    }).values;
  } catch (cause) {
    throw new Error(`${(cause as Error).message}\n${USAGE}`, { cause });
  }
}
