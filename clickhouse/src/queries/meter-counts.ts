import { z } from 'zod';
import type { Reader } from '../client.js';

export interface MeterCounts {
  /** Attempts in ClickHouse, ever: kept by the roll-up, so it outlives the retention of the rows. */
  readonly stored: number;
  readonly quarantined: number;
}

/**
 * How many events have arrived, over all projects: the journals that this is compared with are the proxies' and belong
 * to no project. Holds no usage of anybody.
 */
export async function meterCounts(reader: Reader): Promise<MeterCounts> {
  const [counts] = await reader.query({
    name: 'meter-counts',
    sql: `SELECT (SELECT sum(attempts) FROM provider_usage_per_day_v1) AS stored, (SELECT count() FROM quarantined_events_v1) AS quarantined`,
    row: z.object({ stored: z.number(), quarantined: z.number() }),
  });
  return counts ?? { stored: 0, quarantined: 0 };
}
