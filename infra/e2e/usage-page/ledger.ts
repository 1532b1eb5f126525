import type { Locator, Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { Random } from '../../demo/random.js';
import { section } from '../browser/console-pages.js';
import { settle } from '../browser/screen.js';
import { ledger, number, open, shown } from './page.js';
import { DAY_MS, MODELS, PROVIDERS, USERS } from './world.js';

describe('random filters', () => {
  const DIMENSIONS = [
    ['providers', 'provider', PROVIDERS],
    ['models', 'ifNull(served_model, requested_model)', MODELS.slice(0, 20)],
    [
      'users',
      "ifNull(user, '')",
      ['', ...Array.from({ length: USERS }, (_, index) => `person-${index + 1}@example.com`)],
    ],
    ['agents', "ifNull(agent, '')", ['', 'planner', 'reviewer']],
    ['environments', 'environment', ['production', 'staging']],
  ] as const;
  const GROUPS = ['provider', 'model', 'user', 'agent', 'environment', 'tag&tagKey=team', 'app'];

  it.each(Array.from({ length: 4 }, (_, index) => index))('%i: figures and tables are the ledger’s', async (seed) => {
    const random = new Random(seed + 100);
    const chosen = DIMENSIONS.filter(() => random.isTrue(0.5)).map(([name, column, values]) => ({
      name,
      column,
      values: values.filter(() => random.isTrue(0.5)).concat(values[0] as never),
    }));
    const fromMs = Math.floor(Date.now() - random.whole(5, 39) * DAY_MS - random.whole(0, DAY_MS / 2));
    const toMs = fromMs + random.whole(DAY_MS / 2, 30 * DAY_MS);
    const search = new URLSearchParams({ range: 'custom', view: 'table' });
    search.set('customStart', new Date(fromMs).toISOString());
    search.set('customEnd', new Date(toMs).toISOString());
    search.set(
      'tz',
      random.pick([
        ['UTC', 1],
        ['Europe/Berlin', 1],
        ['Asia/Kolkata', 1],
      ] as const),
    );
    for (const { name, values } of chosen)
      search.set(name, [...new Set(values)].map((value) => value || '~').join(','));
    const page = await open(`${search}&groupBy=${GROUPS[seed % GROUPS.length]}`);
    const where = [
      `started_at >= fromUnixTimestamp64Milli(${fromMs}) AND started_at < fromUnixTimestamp64Milli(${toMs})`,
      ...chosen.map(({ column, values }) => `${column} IN (${values.map((value) => `'${value}'`).join(', ')})`),
    ].join(' AND ');
    const expected = await ledger(where);
    if (expected.calls === 0) {
      await page.getByRole('heading', { name: /^(Nothing fits|No calls)/ }).waitFor();
      return;
    }
    expect(await shown(page)).toEqual(expected);
    expect(await tableTotal(section(page, 'Requests'), page, number)).toBe(expected.calls);
    expect(await tableTotal(section(page, 'Tokens'), page, number)).toBe(expected.tokens);
  });
});

/** The figure in the corner of a chart's table. */
async function tableTotal<Value>(within: Locator, page: Page, read: (text: string) => Value): Promise<Value> {
  const table = within.getByRole('table');
  await table.waitFor();
  await settle(page);
  return read((await table.locator('tfoot tr').last().locator('td, th').allTextContents()).at(-1) ?? '');
}
