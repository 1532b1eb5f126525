import { expect, test } from 'vitest';
import { usageRows } from './rollup.js';
import { SUMS } from './sums.js';

const DAY_MS = 86_400_000;
const FROM = Date.UTC(2026, 9, 1, 8, 30);
/** From half past eight, so that it is read from days, hours, events and ratings. */
const rows = usageRows({
  scope: { projectId: '01990000-0000-7000-8000-000000000001', from: FROM, to: FROM + 5 * DAY_MS },
  nowMs: FROM + 50 * DAY_MS,
});
const branchesOf = (sql: string) => sql.split('UNION ALL');

test('a query has the sums that it names, in every place it reads from, and no others', () => {
  const query = `SELECT u.model, sum(u.spend), sum(u.spend_tool_use) FROM ${rows.sql} AS u GROUP BY u.model`;
  const branches = branchesOf(rows.in(query));
  expect(branches).toHaveLength(4);
  for (const branch of branches) {
    const has = (sum: string) => new RegExp(`\\b${sum}\\b(?=,| FROM)`).test(branch);
    expect(SUMS.filter(has)).toEqual(['spend', 'spend_tool_use']);
  }
});

test('a query that names no sum still reads the same rows', () => {
  const query = (source: string) => `SELECT any(u.model) FROM ${source} AS u`;
  const conditionsOf = (sql: string) => branchesOf(sql).map((branch) => branch.slice(branch.indexOf('WHERE')));
  expect(conditionsOf(rows.in(query(rows.sql)))).toEqual(conditionsOf(query(rows.sql)));
});

test('what a query joins to the rows is left as it is', () => {
  const query = `SELECT sum(u.calls) FROM ${rows.sql} AS u WHERE u.app != 'spend'`;
  expect(rows.in(query)).toContain("AS u WHERE u.app != 'spend'");
});
