import { parseArgs } from 'node:util';

export interface Plan {
  readonly isQuick: boolean;
  readonly rounds: number;
  readonly warmUpSeconds: number;
  readonly closedLoop: { readonly lanes: number; readonly seconds: number };
  readonly openLoop: { readonly callsPerSecond: number; readonly seconds: number };
  readonly streams: readonly { readonly streams: number; readonly seconds: number }[];
  readonly visibility: { readonly calls: number };
  readonly backlog: { readonly lanes: number; readonly seconds: number };
  /** Where the results go as JSON. */
  readonly jsonFile: string;
}

const USAGE = `npm run bench -- [--quick] [--json FILE]
  --quick      about half a minute of load in place of several minutes
  --json FILE  where the results go (default bench-results.json)`;

/** @throws Error with the usage text when an argument is not known. */
export function readPlan(args: readonly string[]): Plan {
  const { values } = parse(args);
  const isQuick = values.quick ?? false;
  const jsonFile = values.json ?? 'bench-results.json';
  if (isQuick) {
    return {
      isQuick,
      jsonFile,
      rounds: 1,
      warmUpSeconds: 2,
      closedLoop: { lanes: 64, seconds: 2 },
      openLoop: { callsPerSecond: 1_000, seconds: 2 },
      streams: [{ streams: 200, seconds: 2 }],
      visibility: { calls: 15 },
      backlog: { lanes: 64, seconds: 5 },
    };
  }
  return {
    isQuick,
    jsonFile,
    rounds: 5,
    warmUpSeconds: 3,
    closedLoop: { lanes: 64, seconds: 5 },
    openLoop: { callsPerSecond: 1_000, seconds: 8 },
    streams: [
      { streams: 200, seconds: 5 },
      { streams: 2_000, seconds: 8 },
    ],
    visibility: { calls: 200 },
    backlog: { lanes: 64, seconds: 30 },
  };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options: { quick: { type: 'boolean' }, json: { type: 'string' } } });
  } catch (error) {
    throw new Error(`${(error as Error).message}\n${USAGE}`, { cause: error });
  }
}
