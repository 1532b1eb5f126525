import { z } from 'zod';
import type { Reader } from '../client.js';
import type { Condition, Scope, UsageFilter } from '../scope.js';
import { figuresOf } from './figures.js';
import { keptBy } from './kinds.js';
import { DAY_MS } from './plan.js';
import { usageRows } from './rollup.js';

/** Rows of this many days are looked through at once; a page takes at most so many looks. */
const DAYS_AT_ONCE = 4;
const LOOKS = 16;

export interface Window {
  /** Begins with ` AND` where it restricts `started_at`. */
  readonly within: Condition;
  /** Where what is not looked through yet ends, UTC epoch ms; null = nothing is left. */
  readonly next: number | null;
}

const NAMES = ['providers', 'providerTypes', 'models', 'apps', 'users', 'agents', 'environments'] as const;

function isNarrow(filter: UsageFilter): boolean {
  const kinds = filter.tokenTypes?.length || filter.costTypes?.length || filter.exceptProviders?.length;
  return Boolean(kinds || filter.tags?.length || NAMES.some((name) => filter[name]?.length));
}

/**
 * The parts of a range in which calls are looked for, newest first. Calls that are few among millions are looked for on
 * the days that have any, which the sums know.
 */
export async function* windowsOf(reader: Reader, scope: Scope, filter: UsageFilter): AsyncGenerator<Window> {
  if (!isNarrow(filter)) {
    yield { within: { sql: '', params: {} }, next: null };
    return;
  }
  const rows = usageRows({ scope, filter });
  const attempts = figuresOf(keptBy(filter)).attempts;
  const found = await reader.query({
    name: 'calls-page-days',
    sql: `SELECT intDiv(u.at, 86400) AS day FROM ${rows.sql} AS u GROUP BY day HAVING ${attempts} > 0
      ORDER BY day DESC LIMIT ${DAYS_AT_ONCE * LOOKS + 1}`,
    params: rows.params,
    row: z.object({ day: z.number().int() }),
  });
  for (let look = 0; look < LOOKS; look++) {
    const days = found.slice(look * DAYS_AT_ONCE, (look + 1) * DAYS_AT_ONCE);
    const following = found[(look + 1) * DAYS_AT_ONCE];
    if (days.length === 0) return;
    yield {
      within: {
        sql: ` AND toStartOfDay(started_at) IN {days:Array(DateTime('UTC'))}`,
        params: { days: days.map(({ day }) => new Date(day * DAY_MS).toISOString().slice(0, 19).replace('T', ' ')) },
      },
      next: following ? (following.day + 1) * DAY_MS : null,
    };
  }
}
