import { z } from 'zod';
import type { Reader } from '../client.js';
import type { Scope, UsageFilter } from '../scope.js';
import { askWithin } from './cost-guard.js';
import { usageRows } from './rollup.js';

const MAX_KEYS = 500;

/** Keys of the tags that calls of a range carry, by name. */
export async function usageTagKeys(reader: Reader, scope: Scope, filter?: UsageFilter): Promise<string[]> {
  const rows = usageRows({ scope, filter, details: ['labels'] });
  const found = await askWithin(reader, rows, {
    name: 'usage-tag-keys',
    sql: `SELECT DISTINCT toString(arrayJoin(mapKeys(u.tags))) AS tagKey FROM ${rows.sql} AS u ORDER BY tagKey LIMIT ${MAX_KEYS}`,
    params: rows.params,
    row: z.object({ tagKey: z.string() }),
  });
  return found.map(({ tagKey }) => tagKey);
}
