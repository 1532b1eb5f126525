import { z } from 'zod';
import type { Reader } from '../client.js';

const REVISION = `concat(toString(sum(u.attempts)), '.', toString(sum(u.priced_calls)), '.', toString(sum(u.spend)), '.',
  toString(sum(u.spend_input)), '.', toString(sum(u.spend_output)))`;

/** Another text whenever figures of a project have changed; from its smallest sums, so that open pages may keep asking. */
export async function usageRevision(reader: Reader, projectId: string): Promise<string> {
  const [found] = await reader.query({
    name: 'usage-revision',
    sql: `SELECT ${REVISION} AS revision FROM provider_usage_per_day_v1 AS u WHERE project_id = {projectId:UUID}`,
    params: { projectId },
    row: z.object({ revision: z.string() }),
  });
  return found?.revision ?? '';
}
