/// <reference lib="dom" />
import { parseUsd } from '@weir/contracts';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { openChromium } from './browser/chromium.js';
import { dialog, figureOf, invite, openAdmin, section, textOf } from './browser/console-pages.js';
import { axeFaults, openPage, settle } from './browser/screen.js';
import { leavePicture, openVisitor, type Visitor } from './browser/visitor.js';
import { sendLoad } from './load.js';
import { reportCalls } from './past-calls.js';
import { type System, startSystem } from './system.js';
import { PRICED, UNPRICED, usageOf } from './usage-world.js';

const PATIENCE = { timeout: 30_000, interval: 50 };
const DAY_MS = 86_400_000;
const VIEWER = { name: 'Vera Viewer', email: 'vera@example.com', password: 'another horse battery' };
const PROVIDERS = ['openai-main', ...Array.from({ length: 11 }, (_, index) => `openai-${index + 1}`)];
/** Had calls, and exists no more. */
const DELETED = 'openai-11';
const MODELS = [...PRICED, UNPRICED, ...Array.from({ length: 51 }, (_, index) => `house-${index}`)];
const USERS = 25;
/** Long before and after every call, so that a custom range holds them all. */
const SPAN = { from: new Date(Date.now() - 60 * DAY_MS), to: new Date(Date.now() + DAY_MS) };
const ALL = `range=custom&customStart=${SPAN.from.toISOString()}&customEnd=${SPAN.to.toISOString()}`;

let system: System;
let browser: Browser;
let admin: Visitor;
let token = '';
let proxyUrl = '';

beforeAll(async () => {
  browser = await openChromium();
  system = await startSystem({ queue: 'redis', web: true });
  await system.console.setUp(system.setupLink);
  for (const name of PROVIDERS) {
    const url = await system.console.createProvider({
      ...{ name, displayName: `The ${name}`, type: 'openai', baseUrl: `${system.simulator.url}/v1`, models: [] },
      ...{ secretId: 'OPENAI_API_KEY', ...(name === 'openai-main' ? { secretValue: system.upstreamKey } : {}) },
    });
    if (name === 'openai-main') proxyUrl = url;
  }
  token = await system.console.createToken(await system.console.createApp('checkout'));
  await system.configured();
  await call('gpt-4o');
  const world = { providers: PROVIDERS, models: MODELS, users: USERS, days: 40, callsPerDay: 30 };
  const calls = usageOf(world, Date.now() - 60_000);
  await reportCalls(system, calls);
  await vi.waitFor(async () => expect((await system.books.totals()).ratings).toBe(calls.length + 1), PATIENCE);
  await system.console.ask('mutation($name: String!) { deleteProvider(name: $name, confirmName: $name) }', {
    name: DELETED,
  });
  admin = await openAdmin(browser, system.consoleUrl);
});
afterAll(async () => {
  await browser?.close();
  await system?.end();
});
beforeEach(({ onTestFailed }) => {
  onTestFailed(() => leavePicture(admin));
});

const open = (search: string): Promise<Page> => openPage(admin.page, `/usage?${search}`);

async function call(model: string): Promise<void> {
  await sendLoad({
    ...{ proxyUrl, token, calls: 1, concurrency: 1 },
    ...{ model: () => model, isStream: () => false, isAborted: () => false },
  });
  await system.settled(false);
}

/** `$1,234.5` as titles have it, in 10^-12 USD. */
const money = (text: string | null) => parseUsd((text ?? '').trim().replace('$', '').replaceAll(',', ''));
const number = (text: string) => Number(text.replaceAll(',', ''));

interface Sums {
  readonly spend: bigint;
  readonly calls: number;
  readonly tokens: number;
}

/** Worked out from the raw rows alone. */
async function ledger(where = '1', amount = 'total'): Promise<Sums> {
  const [row] = await system.books.ask<{ spend: string; calls: string; tokens: string }>(
    `SELECT toString(sum(r.spend)) AS spend, toString(count()) AS calls,
       toString(sum(ifNull(input_tokens, 0) + ifNull(cached_input_tokens, 0) + ifNull(cache_write_5m_tokens, 0)
         + ifNull(cache_write_1h_tokens, 0) + ifNull(cache_write_unknown_tokens, 0) + ifNull(output_tokens, 0))) AS tokens
     FROM usage_events_v1 AS e
     LEFT JOIN (SELECT event_id, sum(ifNull(${amount}, 0)) AS spend FROM ratings_v1 GROUP BY event_id) AS r
       ON r.event_id = e.event_id
     WHERE ${where}`,
  );
  return { spend: parseUsd(row?.spend ?? ''), calls: Number(row?.calls), tokens: Number(row?.tokens) };
}

/** What the page says under its three charts. */
async function shown(page: Page): Promise<Sums> {
  const spend = section(page, 'Spend').getByRole('button', { name: /^Spend, total: / });
  const exact = (await spend.count()) > 0 ? await spend.locator('[title^="$"]').getAttribute('title') : '$0';
  return {
    spend: money(/^\$[\d,.]*\d/.exec(exact ?? '')?.[0] ?? ''),
    calls: number((await figureOf(section(page, 'Requests'), 'Total')).shown),
    tokens: number((await figureOf(section(page, 'Tokens'), 'Total')).shown),
  };
}

const chips = (page: Page) => page.getByRole('list', { name: 'Filters' });
const filterButton = (page: Page, label: string) =>
  page
    .getByRole('region', { name: 'Filters and view' })
    .getByRole('button', { name: new RegExp(`^${label}( ?\\d+ chosen)?$`) });

/** Opens the values of a dimension and ticks one. */
async function tick(page: Page, label: string, value: string | RegExp): Promise<void> {
  await filterButton(page, label).click();
  await dialog(page, `Filter by ${label.toLowerCase()}`)
    .getByRole('checkbox', { name: value, exact: true })
    .first()
    .click();
  await page.keyboard.press('Escape');
  await chips(page).waitFor();
  await settle(page);
}

describe('the filters', () => {
  it.each([
    ['Provider', 'The openai-3', "provider = 'openai-3'"],
    ['Provider type', /openai/i, "provider_type = 'openai'"],
    ['Model', 'gpt-4.1', "ifNull(served_model, requested_model) = 'gpt-4.1'"],
    ['App', 'checkout', "app = 'checkout'"],
    ['User', 'person-3@example.com', "user = 'person-3@example.com'"],
    ['User', 'no user', 'user IS NULL'],
    ['Agent', 'planner', "agent = 'planner'"],
    ['Environment', 'staging', "environment = 'staging'"],
  ] as const)('%s %s narrows the page to what the raw rows say, and can be taken out', async (label, value, where) => {
    const page = await open(ALL);
    await tick(page, label, value);
    expect(await shown(page)).toEqual(await ledger(where));
    await chips(page)
      .getByRole('button', { name: new RegExp(`^${label} .*remove filter$`) })
      .click();
    await chips(page).waitFor({ state: 'detached' });
    await settle(page);
    await expect.poll(() => shown(page), PATIENCE).toEqual(await ledger());
  });

  it('of tags: values of a key are alternatives, keys must all fit, and one may be missing', async () => {
    const page = await open(ALL);
    await filterButton(page, 'Tag').click();
    const popup = dialog(page, 'Filter by tag');
    await popup.getByRole('button', { name: 'team' }).click();
    await popup.getByRole('checkbox', { name: 'search', exact: true }).click();
    await popup.getByRole('checkbox', { name: 'support', exact: true }).click();
    await popup.getByRole('button', { name: /All tags/ }).click();
    await popup.getByRole('button', { name: /^note/ }).click();
    await popup.getByRole('checkbox', { name: 'x,y=z' }).click();
    await page.keyboard.press('Escape');
    await settle(page);
    const both = "tags['team'] IN ('search', 'support') AND tags['note'] = 'x,y=z'";
    await expect.poll(() => shown(page), PATIENCE).toEqual(await ledger(both));
    await page.reload();
    await settle(page);
    expect(await shown(page)).toEqual(await ledger(both));
    await open(`${ALL}&tags=team=`);
    expect(await shown(page)).toEqual(await ledger("NOT mapContains(tags, 'team')"));
  });

  it('leave deleted providers in unless told otherwise, and say when only those fit', async () => {
    const page = await open(ALL);
    await filterButton(page, 'Provider').click();
    await dialog(page, 'Filter by provider').getByRole('switch', { name: 'Show deleted providers' }).click();
    await page.keyboard.press('Escape');
    await settle(page);
    await expect.poll(() => shown(page), PATIENCE).toEqual(await ledger(`provider != '${DELETED}'`));
    await open(`${ALL}&providers=${DELETED}&deleted=false`);
    await page.getByRole('heading', { name: 'Only deleted providers have usage here' }).waitFor();
    expect(await axeFaults(page, 'only deleted')).toEqual([]);
    await page.getByRole('button', { name: 'Show deleted providers' }).click();
    await section(page, 'Spend').waitFor();
    await settle(page);
    expect(await shown(page)).toEqual(await ledger(`provider = '${DELETED}'`));
    await section(page, 'Spend')
      .getByText(/\(deleted\)/)
      .first()
      .waitFor();
  });
});

describe('grouping', () => {
  it('splits the charts by every dimension, tags in a menu of their own', async () => {
    const page = await open(ALL);
    for (const [name, key] of [
      ['Provider type', 'provider_type'],
      ['Model', 'model'],
      ['App', 'app'],
      ['User', 'user'],
      ['Agent', 'agent'],
      ['Environment', 'environment'],
      ['Token type', 'token_type'],
      ['Cost type', 'cost_type'],
      ['Provider', 'provider'],
    ] as const) {
      await page.getByRole('button', { name: /^Group by/ }).click();
      await page.getByRole('menuitemradio', { name, exact: true }).click();
      await page.getByRole('figure', { name: `Spend over time by ${name.toLowerCase()}` }).waitFor();
      // Each left once it has been read: what one chart asks then, another has asked before.
      await settle(page);
      expect(new URL(page.url()).searchParams.get('groupBy') ?? 'provider').toBe(key);
    }
    await page.getByRole('button', { name: /^Group by/ }).click();
    await page.getByRole('menuitem', { name: 'Tag' }).click();
    await page.getByRole('menuitemradio', { name: 'team' }).click();
    await page.getByRole('figure', { name: 'Spend over time by tag: team' }).waitFor();
    await settle(page);
    await section(page, 'Spend').getByText('without this tag').first().waitFor();
    expect((await shown(page)).spend).toBe((await ledger()).spend);
  });

  it('adds up what is beyond the twelve biggest in an “other” that opens to every group', async () => {
    const page = await open(`${ALL}&groupBy=model&groups=true`);
    const list = dialog(page, 'All groups by model');
    const table = list.getByRole('table', { name: 'All groups' });
    await table.getByRole('row').nth(50).waitFor();
    await list.getByRole('button', { name: 'Next' }).click();
    await expect.poll(() => table.locator('tbody tr').count(), PATIENCE).toBe(MODELS.length - 50);
    expect(await axeFaults(page, 'all groups')).toEqual([]);
    await list.getByRole('button', { name: 'Previous' }).click();
    await list.getByRole('button', { name: /gpt-4o-mini$/ }).click();
    await list.waitFor({ state: 'detached' });
    await settle(page);
    await expect
      .poll(() => shown(page), PATIENCE)
      .toEqual(await ledger("ifNull(served_model, requested_model) = 'gpt-4o-mini'"));
  });
});

describe('the range', () => {
  const rangeButton = (page: Page) => page.getByRole('button', { name: /^Range: / });

  it('of one’s own stands in the address in ISO 8601, in the chosen time zone', async () => {
    const page = await open('tz=Asia/Kolkata');
    await rangeButton(page).click();
    const panel = dialog(page, 'Range');
    await panel.getByLabel('From').fill('2026-01-10T00:00');
    await panel.getByLabel('To', { exact: true }).fill('2026-01-09T00:00');
    await panel.getByText('The end must come after the start.').waitFor();
    expect(await panel.getByRole('button', { name: 'Apply' }).isDisabled()).toBe(true);
    await panel.getByLabel('To', { exact: true }).fill('2026-01-12T00:00');
    await panel.getByRole('button', { name: 'Apply' }).click();
    await page.waitForURL(/customStart=/);
    const { searchParams } = new URL(page.url());
    expect([searchParams.get('customStart'), searchParams.get('customEnd')]).toEqual([
      '2026-01-09T18:30:00.000Z',
      '2026-01-11T18:30:00.000Z',
    ]);
    await page.keyboard.press('Escape');
    await page.getByRole('heading', { name: 'No calls in this range' }).waitFor();
    expect(await axeFaults(page, 'no calls')).toEqual([]);
  });
});

describe('an address', () => {
  it('that cannot be shown as it is says so, and shows what it can', async () => {
    const page = await open('range=forever&tz=Mars/Olympus&costTypes=input,gold&compare=perhaps');
    const note = page.getByText('This address cannot be shown as it is');
    await note.waitFor();
    await page.getByText('There is no range “forever”').waitFor();
    await page.getByText('There is no time zone “Mars/Olympus”').waitFor();
    await page.getByText(/Cost type: not every value/).waitFor();
    expect(await axeFaults(page, 'a wrong address')).toEqual([]);
    await page.getByRole('button', { name: 'Remove what is wrong' }).click();
    await note.waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Range: Last 7 days' }).waitFor();
  });

  it('shows a viewer on another machine the same figures', async () => {
    const link = await invite(admin.page, VIEWER, 'Viewer');
    const viewer = await openVisitor(browser, system.consoleUrl);
    await viewer.page.goto(link);
    await viewer.page.getByLabel(/^Password/).fill(VIEWER.password);
    await viewer.page.getByRole('button', { name: 'Set password' }).click();
    await viewer.page.getByRole('heading', { name: 'Home' }).waitFor();
    const page = await open(
      `${ALL}&groupBy=user&providers=openai-1,openai-2&tags=team=search&view=table&tz=Asia/Tokyo&compare=true`,
    );
    await viewer.page.goto(page.url());
    await settle(viewer.page);
    const tables = async ({ page: of }: Visitor) => {
      await section(of, 'Tokens').getByRole('table').waitFor();
      return of.getByRole('main').getByRole('table').allTextContents();
    };
    await expect.poll(async () => (await tables(viewer)).join('\n'), PATIENCE).toBe((await tables(admin)).join('\n'));
    expect(await shown(viewer.page)).toEqual(
      await ledger("provider IN ('openai-1', 'openai-2') AND tags['team'] = 'search'"),
    );
    expect(viewer.complaints).toEqual([]);
    await viewer.context.close();
  });
});

describe('a figure', () => {
  it('of a table leads to its calls, and from there to a receipt', async () => {
    const page = await open(`${ALL}&groupBy=model&models=gpt-4o,gpt-4.1&view=table`);
    const table = section(page, 'Requests').getByRole('table');
    await table.waitFor();
    const cell = table.locator('tfoot').getByRole('button').first();
    const calls = number(/[\d,]+$/.exec(await textOf(cell))?.[0] ?? (await textOf(cell)));
    await cell.click();
    await page.waitForURL('**/usage/calls?*');
    await settle(page);
    const { searchParams } = new URL(page.url());
    expect(searchParams.get('models')).not.toBeNull();
    expect(searchParams.get('from')).not.toBeNull();
    expect(calls).toBeGreaterThan(0);
    const rows = page.getByRole('table', { name: 'Calls' }).getByRole('row');
    expect((await rows.count()) - 1).toBe(Math.min(calls, 50));
    await page
      .getByRole('link', { name: /^call of / })
      .or(rows.nth(1))
      .first()
      .click();
    await page.getByRole('dialog').getByRole('table', { name: 'Lines of the receipt' }).waitFor();
  });
});

describe('why it changed', () => {
  const difference = (title: string) => money(/^[+-]?\$[\d,.]*\d/.exec(title)?.[0].replace('+', '') ?? '');

  it('says it in effects and drivers that add up, and narrows to a driver at a click', async () => {
    const page = await open('range=14d&groupBy=model');
    const why = section(page, 'Why did it change');
    await why.getByText('The effects add up to the difference, to the last digit.').waitFor();
    const drivers = why.getByRole('region', { name: 'Drivers by model' }).getByRole('table');
    const titles = await drivers
      .locator('tbody td:nth-child(4) > [title]')
      .evaluateAll((all) => all.map((one) => one.getAttribute('title') ?? ''));
    const sum = titles.filter((title) => title.includes('$')).reduce((all, title) => all + difference(title), 0n);
    const whole = await drivers.locator('tfoot td:nth-child(4) [title]').getAttribute('title');
    expect(sum).toBe(difference(whole ?? ''));
    // Without a price there is no amount, and between two such no difference.
    const cells = drivers.locator('tbody tr', { hasText: 'house-' }).first().locator('td');
    expect((await cells.allInnerTexts()).slice(1, 4).map((text) => text.trim().split(/\s/).at(-1))).toEqual([
      ...['unpriced', 'unpriced', '–'],
    ]);
    await why.getByRole('button', { name: 'How this is computed' }).click();
    await dialog(page, 'How the change was computed').waitFor();
    await page.keyboard.press('Escape');
    await drivers.getByRole('button', { name: 'Filter to gpt-4o', exact: true }).click();
    await page.waitForURL(/models=gpt-4o/);
  });
});

describe('live figures', () => {
  it('change in place when a call has finished: nothing loads anew, moves away or loses the focus', async () => {
    const page = await open('range=24h');
    const [before, booked] = [await shown(page), await ledger()];
    const chart = page.getByRole('slider', { name: /^Requests over time/ });
    await chart.focus();
    await page.keyboard.press('End');
    const read = await chart.getAttribute('aria-valuenow');
    await page.evaluate(() => {
      (document.querySelector('[role="slider"]') as HTMLElement).dataset.kept = 'yes';
    });
    await call('gpt-4o');
    await expect.poll(async () => (await shown(page)).calls, PATIENCE).toBe(before.calls + 1);
    const added = (await ledger()).spend - booked.spend;
    await expect.poll(async () => (await shown(page)).spend, PATIENCE).toBe(before.spend + added);
    expect(await page.locator('[data-kept="yes"]').count()).toBe(1);
    expect(await chart.getAttribute('aria-valuenow')).toBe(read);
    expect(await page.evaluate(() => document.activeElement?.getAttribute('role'))).toBe('slider');
  });
});
