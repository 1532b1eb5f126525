import { formatUsd, parseUsd } from '@weir/contracts';
import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { axeFaults } from './browser/accessibility.js';
import { openChromium } from './browser/chromium.js';
import { ADMIN, dialog, field, figureOf, openAdmin, textOf } from './browser/console-pages.js';
import { focused, invisibleStops, tabTo } from './browser/focus.js';
import { faultsOf, openPage, settle } from './browser/screen.js';
import { leavePicture, type Visitor } from './browser/visitor.js';
import { sendLoad } from './load.js';
import { reportPastCalls } from './past-calls.js';
import { type System, startSystem } from './system.js';

const PATIENCE = { timeout: 60_000, interval: 50 };
const PROVIDER = 'openai-main';
const MODEL = 'gpt-4o';
const UNKNOWN = 'no-such-price-model';
const CALLS = 24;
const PAST_CALLS = 9;
const WHY = 'The contract rates of gpt-4o count from the first of last month';
const WHY_BACK = 'The contract was signed for another model';
/** EUR 2 and 12 for 1M tokens at 1.1 USD, in 10^-12 USD for one token. */
const NEW_RATE = { input: 2_200_000n, output: 13_200_000n, reasoning: 13_200_000n };

const now = new Date();
const lastMonth = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - 1, 1));
const LAST_MONTH = `${lastMonth.toLocaleString('en', { month: 'long', timeZone: 'UTC' })} ${lastMonth.getUTCFullYear()}`;
const VALID_FROM = lastMonth.toISOString().slice(0, 16);

let system: System;
let browser: Browser;
let admin: Visitor;
/** Path of the first restatement. */
let restatement = '';
let spentBefore = 0n;
let expected: Split;

beforeAll(async () => {
  browser = await openChromium();
  system = await startSystem({ queue: 'redis', web: true });
  await system.console.setUp(system.setupLink);
  const proxyUrl = await system.console.createProvider({
    ...{ name: PROVIDER, displayName: 'OpenAI', type: 'openai', baseUrl: `${system.simulator.url}/v1` },
    ...{ secretId: 'OPENAI_API_KEY', secretValue: system.upstreamKey, models: [] },
  });
  const token = await system.console.createToken(await system.console.createApp('checkout'));
  await system.configured();
  const models = [MODEL, 'gpt-4o-mini', UNKNOWN];
  await sendLoad({
    ...{ proxyUrl, token, calls: CALLS, concurrency: 4 },
    model: (index) => models[index % models.length] ?? '',
    isStream: (index) => index % 2 === 0,
    isAborted: () => false,
  });
  await system.settled();
  const past = { provider: PROVIDER, startedAt: lastMonth.getTime() + 86_400_000 };
  await reportPastCalls(system, { ...past, model: MODEL, calls: PAST_CALLS });
  spentBefore = await spend();
  admin = await openAdmin(browser, system.consoleUrl);
});
afterAll(async () => {
  await browser?.close();
  await system?.end();
});
beforeEach(({ onTestFailed }) => {
  onTestFailed(() => leavePicture(admin));
});

const open = (path: string): Promise<Page> => openPage(admin.page, path);

/** `+$1,234.5` and `-$0.25` in 10^-12 USD. */
function money(text: string | null): bigint {
  const [, sign, digits] = /^([+-]?)\$([\d,]+(?:\.\d+)?)$/.exec((text ?? '').trim()) ?? [];
  if (digits === undefined) throw new Error(`no amount: ${text}`);
  const amount = parseUsd(digits.replaceAll(',', ''));
  return sign === '-' ? -amount : amount;
}

interface LedgerRow {
  readonly eventId: string;
  readonly model: string;
  readonly sign: number;
  readonly runId: string;
  readonly total: string | null;
  readonly lines: string;
}

/** Every row of the ledger, asked in plain SQL. */
const entries = () =>
  system.books.ask<LedgerRow>(
    `SELECT toString(event_id) AS eventId, model, toInt32(sign) AS sign, run_id AS runId,
       if(isNull(total), NULL, toString(total)) AS total, lines FROM ratings_v1 ORDER BY rated_at, sign`,
  );

const spend = async () =>
  (await entries()).reduce((sum, { total }) => sum + (total === null ? 0n : parseUsd(total)), 0n);

interface Side {
  readonly before: bigint;
  readonly after: bigint;
  readonly events: number;
}
interface Split {
  readonly total: Side;
  readonly byBucket: ReadonlyMap<string, Side>;
}

/** What the new rates must change, worked out here from the quantities in the ledger. */
async function expectedSplit(): Promise<Split> {
  const byBucket = new Map<string, Side>();
  const rows = (await entries()).filter(({ model }) => model === MODEL);
  const total = { before: 0n, after: 0n, events: rows.length };
  for (const row of rows) {
    const lines = JSON.parse(row.lines) as { bucket: string; quantity: number; amount: string }[];
    for (const { bucket, quantity, amount } of lines) {
      const before = parseUsd(amount);
      const rate = NEW_RATE[bucket as keyof typeof NEW_RATE];
      const after = rate === undefined ? before : BigInt(quantity) * rate;
      const known = byBucket.get(bucket) ?? { before: 0n, after: 0n, events: 0 };
      byBucket.set(bucket, {
        before: known.before + before,
        after: known.after + after,
        events: known.events + 1,
      });
      total.before += before;
      total.after += after;
    }
  }
  return { total, byBucket };
}

const BUCKET_NAMES: Readonly<Record<string, string>> = {
  input: 'Input',
  output: 'Output',
  reasoning: 'Reasoning',
  cached_input: 'Cached input',
};

/** The rows of one split as they stand on screen, every digit from the titles. */
async function shownSplit(page: Page, label: string): Promise<Map<string, Side & { difference: bigint }>> {
  const table = page.getByRole('table', { name: label });
  const found = new Map<string, Side & { difference: bigint }>();
  for (const row of await table.locator('tbody tr').all()) {
    const title = (index: number) => row.locator('td').nth(index).locator('[title]').getAttribute('title');
    const calls = await textOf(row.locator('td').nth(0));
    found.set(await textOf(row.locator('th > span').first()), {
      events: Number(calls.replaceAll(',', '')),
      before: money(await title(1)),
      after: money(await title(2)),
      difference: money(await title(4)),
    });
  }
  return found;
}

const withDifference = (side: Side) => ({ ...side, difference: side.after - side.before });

async function waitForState(page: Page, state: string): Promise<void> {
  await page.locator('header').getByText(state, { exact: true }).waitFor(PATIENCE);
}

/** The whole spend that Cost & Usage shows, to the last digit. */
async function shownSpend(): Promise<bigint> {
  const page = await open('/usage?range=90d');
  const figure = page.getByRole('button', { name: /^Spend, total: / });
  await figure.click();
  const drawer = dialog(page, 'Spend');
  // The drawer adds its lines up anew and holds them against the roll-up.
  await drawer.getByLabel('Agrees', { exact: true }).waitFor();
  return money(await textOf(drawer.locator('p.text-title')));
}

async function differencesOn(page: Page): Promise<bigint[]> {
  const figures = page.getByRole('region', { name: /difference$/ });
  const exact = async (label: string) => money((await figureOf(figures, label)).exact);
  return [await exact('Before'), await exact('After'), await exact('Difference')];
}

async function saveRate(form: Locator): Promise<void> {
  await form.getByRole('button', { name: 'Set rate' }).click();
  await form.waitFor({ state: 'detached' });
}

describe('the screens of the ledger', () => {
  it.each([
    '/ledger',
    '/ledger?tab=months',
    '/ledger?tab=exchange-rates',
    '/ledger/restatements/new',
    '/ledger/restatements/new?range=custom&providers=openai-main&unpricedOnly=true',
    '/ledger/restatements/01a1fecb-cd2f-7000-bc2f-bc9f4a151150',
    `/usage/unpriced?month=${lastMonth.toISOString().slice(0, 7)}`,
  ])('%s is accessible in both themes, keeps still and fits from 390 to 2560 px', async (path) => {
    expect(await faultsOf(admin.page, path)).toEqual([]);
  });

  it('never leave a person at the keyboard without knowing where they are', async () => {
    for (const path of ['/ledger', '/ledger?tab=months', '/ledger/restatements/new']) {
      expect(await invisibleStops(await open(path), 24), path).toEqual([]);
    }
  });
});

describe('prices that count from the past', () => {
  it('begin with an exchange rate', async () => {
    const page = await open('/ledger?tab=exchange-rates');
    await page.getByText('No exchange rate yet').waitFor();
    await page.getByRole('button', { name: 'Set exchange rate' }).click();
    const form = dialog(page, 'Set exchange rate');
    await form.getByText('Still needed: currency, rate').waitFor();
    await field(form, 'Currency').fill('eur');
    await field(form, 'USD for one unit').fill('1.1');
    await form.getByText('100 EUR are $110.00.').waitFor();
    await form.getByRole('button', { name: 'Date and time' }).click();
    await form.getByLabel('Valid from, UTC').fill(VALID_FROM);
    expect(await axeFaults(page, 'exchange rate dialog')).toEqual([]);
    await saveRate(form);
    const row = page.getByRole('table', { name: 'Exchange rates' }).getByRole('row', { name: /^EUR/ });
    await row.getByText('in force').waitFor();
    expect(await textOf(row)).toContain('1.1');
  });

  it('are set in that currency, change nothing that is booked, and lead to a restatement', async () => {
    const page = await open(`/providers/${PROVIDER}/models/${MODEL}`);
    await page.getByRole('button', { name: 'Override prices' }).click();
    const form = dialog(page, 'Override prices');
    await form.getByRole('combobox', { name: 'Currency' }).click();
    await page.getByRole('option', { name: 'EUR' }).click();
    await field(form, 'Input').fill('2');
    await field(form, 'Output').fill('12');
    await form.getByRole('button', { name: 'Date and time' }).click();
    await form.getByLabel('Valid from, UTC').fill(VALID_FROM);
    await form.getByText(/cost \$15\.40 instead of \$12\.50/).waitFor();
    expect(await axeFaults(page, 'override dialog')).toEqual([]);
    await form.getByRole('button', { name: 'Save prices' }).click();
    await form.getByText('The prices are saved,').waitFor();
    expect(await spend()).toBe(spentBefore);
    await form.getByRole('link', { name: 'Preview a restatement' }).click();
    await page.waitForURL('**/ledger/restatements/new?*');
    await settle(page);
    expect(await field(page, 'Reason').inputValue()).toMatch(/^New prices of gpt-4o on openai-main/);
    await page.getByRole('button', { name: /^Model gpt-4o ?, remove filter$/ }).waitFor();
  });
});

describe('a restatement', () => {
  it('is previewed: the difference on screen is the one the ledger makes, line by line', async () => {
    const { page } = admin;
    await field(page, 'Reason').fill(WHY);
    await page.getByRole('button', { name: 'Preview the difference' }).click();
    await page.getByRole('heading', { name: 'Restatement #1' }).waitFor();
    restatement = new URL(page.url()).pathname;
    await waitForState(page, 'Ready to book');

    expected = await expectedSplit();
    const { total, byBucket } = expected;
    expect(total.events).toBe(CALLS / 3 + PAST_CALLS);
    expect(total.after > total.before).toBe(true);
    expect(await differencesOn(page)).toEqual([total.before, total.after, total.after - total.before]);
    expect(await shownSplit(page, 'Previewed difference by provider')).toEqual(
      new Map([[PROVIDER, withDifference(total)]]),
    );
    expect(await shownSplit(page, 'Previewed difference by model')).toEqual(new Map([[MODEL, withDifference(total)]]));
    const changed = new Map(
      [...byBucket].map(([bucket, side]) => [BUCKET_NAMES[bucket] ?? bucket, withDifference(side)]),
    );
    expect(await shownSplit(page, 'Previewed difference by bucket')).toEqual(changed);

    const told = await system.console.ask<{ restatement: { preview: Record<string, string> } }>(
      'query($id: ID!) { restatement(id: $id) { preview { before after difference } } }',
      { id: restatement.split('/').at(-1) },
    );
    expect(told.restatement.preview).toEqual({
      before: formatUsd(total.before),
      after: formatUsd(total.after),
      difference: formatUsd(total.after - total.before),
    });
    expect(await spend()).toBe(spentBefore);
    expect(await shownSpend()).toBe(spentBefore);
    expect(await faultsOf(page, restatement)).toEqual([]);
  });

  it('is refused by a closed month, and goes on once that is reopened on purpose', async () => {
    const page = await open('/ledger?tab=months');
    await page.getByRole('button', { name: `Close ${LAST_MONTH}` }).click();
    const close = dialog(page, `Close ${LAST_MONTH}?`);
    expect(await axeFaults(page, 'close dialog')).toEqual([]);
    await close.getByRole('button', { name: 'Close month' }).click();
    await close.waitFor({ state: 'detached' });
    const row = page.getByRole('table', { name: 'Months' }).getByRole('row', { name: new RegExp(`^${LAST_MONTH}`) });
    await row.getByText('Closed', { exact: true }).waitFor();

    await open('/ledger/restatements/new?range=last_month');
    await page.getByText(`${LAST_MONTH} is closed`).waitFor();

    await open(restatement);
    await page.getByRole('button', { name: 'Book', exact: true }).click();
    const book = dialog(page, 'Book restatement #1?');
    await book.getByRole('button', { name: /^Book \d+ calls$/ }).click();
    await book.getByText('The range touches a closed month').waitFor();
    expect(await axeFaults(page, 'refused booking')).toEqual([]);
    expect(await spend()).toBe(spentBefore);
    await book.getByRole('link', { name: 'Reopen it under Months' }).click();

    await page.getByRole('button', { name: `Reopen ${LAST_MONTH}` }).click();
    const reopen = dialog(page, `Reopen ${LAST_MONTH}?`);
    await reopen.getByText('Still needed: reason').waitFor();
    await field(reopen, 'Why').fill('The contract came late');
    expect(await axeFaults(page, 'reopen dialog')).toEqual([]);
    await reopen.getByRole('button', { name: 'Reopen month' }).click();
    await reopen.waitFor({ state: 'detached' });
    await row.getByText('Reopened', { exact: true }).waitFor();
    await row.getByText(/^The contract came late, .* by admin@example\.com$/).waitFor();
  });

  it('is booked: Cost & Usage changes by exactly the difference', async () => {
    const page = await open(restatement);
    await page.getByRole('button', { name: 'Book', exact: true }).click();
    const book = dialog(page, 'Book restatement #1?');
    await book.getByText(`${expected.total.events} reversals and ${expected.total.events} new entries`).waitFor();
    expect(await axeFaults(page, 'book dialog')).toEqual([]);
    await book.getByRole('button', { name: `Book ${expected.total.events} calls` }).click();
    await waitForState(page, 'Booked');
    await page.getByText('Booked as previewed, to the last digit.').waitFor();

    const { before, after } = expected.total;
    expect(await spend()).toBe(spentBefore + after - before);
    expect(await shownSpend()).toBe(spentBefore + after - before);
    expect((await entries()).length).toBe(CALLS + PAST_CALLS + 2 * expected.total.events);
  });

  it('stands in the receipt of a call: reversed and entered anew, by whom, when and why', async () => {
    const rows = (await entries()).filter(({ model }) => model === MODEL);
    const eventId = rows[0]?.eventId ?? '';
    const own = rows.filter((row) => row.eventId === eventId);
    const page = await open(`/receipts/${eventId}`);
    const history = page.locator('section').filter({ has: page.getByRole('heading', { name: 'Ledger', exact: true }) });
    const items = history.locator('ol > li');
    expect(await items.locator('summary .font-medium').allTextContents()).toEqual(['Rated', 'Reversed', 'Restated']);
    const amounts = await items
      .locator('summary [title^="$"], summary [title^="-$"]')
      .evaluateAll((figures) => figures.map((figure) => figure.getAttribute('title')));
    expect(amounts.map(money)).toEqual(own.map(({ total }) => parseUsd(total ?? '')));
    for (const item of [items.nth(1), items.nth(2)]) {
      expect(await textOf(item.locator('> p'))).toMatch(
        new RegExp(`^Restatement 1 by ${ADMIN.email}, \\d+ \\w+ \\d{4}, [\\d:]+ UTC: ${WHY}`),
      );
    }
    const standing = own.at(-1)?.total ?? '';
    expect(money(await textOf(page.locator('main p.text-title')))).toBe(parseUsd(standing));
    expect(await faultsOf(page, `/receipts/${eventId}`)).toEqual([]);
    await items.nth(2).getByRole('link', { name: 'Restatement 1' }).click();
    await page.getByRole('heading', { name: 'Restatement #1' }).waitFor();
  });

  it('is reversed by keyboard alone, and every figure is what it was, to the last digit', async () => {
    const page = await open(restatement);
    await tabTo(page, 'Reverse');
    await page.keyboard.press('Enter');
    await dialog(page, 'Reverse restatement #1?').waitFor();
    await expect.poll(async () => (await focused(page)).inDialog, PATIENCE).toBe(true);
    expect(await axeFaults(page, 'reverse dialog')).toEqual([]);
    await page.keyboard.type(WHY_BACK);
    await tabTo(page, 'Preview the reversal');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Restatement #2, reversal of #1' }).waitFor();
    await waitForState(page, 'Ready to book');
    const { before, after } = expected.total;
    expect(await differencesOn(page)).toEqual([after, before, before - after]);
    await tabTo(page, 'Book');
    await page.keyboard.press('Enter');
    await dialog(page, 'Book restatement #2?').waitFor();
    await tabTo(page, /^Book \d+ calls$/);
    await page.keyboard.press('Enter');
    await waitForState(page, 'Booked');

    expect(await spend()).toBe(spentBefore);
    expect(await shownSpend()).toBe(spentBefore);
    const standing = new Map<string, bigint>();
    const first = new Map<string, bigint>();
    for (const { eventId, total } of await entries()) {
      const amount = total === null ? 0n : parseUsd(total);
      if (!first.has(eventId)) first.set(eventId, amount);
      standing.set(eventId, (standing.get(eventId) ?? 0n) + amount);
    }
    expect(standing).toEqual(first);
  });

  it('that was reversed says so, and the list tells the whole story', async () => {
    const page = await open(restatement);
    await page.getByText('Taken back').waitFor();
    await open('/ledger');
    const table = page.getByRole('table', { name: 'Restatements' });
    const texts = await table.locator('tbody tr').allTextContents();
    expect(texts[0]).toContain(`Reversal of #1`);
    expect(texts[0]).toContain(WHY_BACK);
    expect(texts[1]).toContain('Reversal #2');
    expect(texts[1]).toContain(WHY);
    expect(await faultsOf(page, '/ledger')).toEqual([]);
    expect(await faultsOf(page, '/ledger?tab=months')).toEqual([]);
    expect(await faultsOf(page, '/ledger?tab=exchange-rates')).toEqual([]);
  });
});

describe('the browser', () => {
  it('had nothing to complain of', () => {
    expect(admin.complaints).toEqual([]);
  });
});
