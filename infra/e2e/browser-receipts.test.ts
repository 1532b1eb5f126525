import { randomUUID } from 'node:crypto';
import { formatUsd, parseUsd } from '@weir/contracts';
import OpenAI from 'openai';
import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { axeFaults } from './browser/accessibility.js';
import { openChromium } from './browser/chromium.js';
import { codeOf, dialog, field, figureOf, openAdmin, section, textOf } from './browser/console-pages.js';
import { focused, invisibleStops } from './browser/focus.js';
import { faultsOf, openPage, settle } from './browser/screen.js';
import { leavePicture, type Visitor } from './browser/visitor.js';
import { sendLoad } from './load.js';
import { type System, startSystem } from './system.js';

const PATIENCE = { timeout: 30_000, interval: 50 };
const PROVIDER = '/providers/openai-main';
/** Of a family that is listed, so that there is a near rate. */
const UNKNOWN = 'gpt-4.1-house';
const MODELS = ['gpt-4o', 'gpt-4o-mini', UNKNOWN];
const CALLS = 24;

let system: System;
let browser: Browser;
let admin: Visitor;
/** The event of one whole call with known usage. */
let eventId = '';
/** The first of two attempts at one call. */
let firstAttempt = '';

beforeAll(async () => {
  browser = await openChromium();
  system = await startSystem({ queue: 'redis', web: true });
  await system.console.setUp(system.setupLink);
  const proxyUrl = await system.console.createProvider({
    ...{ name: 'openai-main', displayName: 'OpenAI', type: 'openai', baseUrl: `${system.simulator.url}/v1` },
    ...{ secretId: 'OPENAI_API_KEY', secretValue: system.upstreamKey, models: [] },
  });
  const token = await system.console.createToken(await system.console.createApp('checkout'));
  await system.configured();
  await sendLoad({
    ...{ proxyUrl, token, calls: CALLS, concurrency: 4 },
    model: (index) => MODELS[index % MODELS.length] ?? '',
    isStream: (index) => index % 2 === 0,
    isAborted: () => false,
  });
  const client = new OpenAI({ baseURL: `${proxyUrl}/v1`, apiKey: token, maxRetries: 0 });
  const call = randomUUID();
  for (const attempt of [1, 2]) {
    await client.chat.completions.create(
      { model: 'gpt-4o', messages: [{ role: 'user', content: `attempt ${attempt}` }] },
      { headers: { 'x-weir-call': call, 'x-weir-attempt': String(attempt) } },
    );
  }
  await system.settled();
  const first = await system.books.ask<{ id: string }>(
    `SELECT toString(event_id) AS id FROM usage_events_v1 WHERE call_id = '${call}' AND attempt = 1`,
  );
  firstAttempt = first[0]?.id ?? '';
  const whole = await system.books.ask<{ id: string }>(
    `SELECT toString(event_id) AS id FROM usage_events_v1
     WHERE served_model LIKE 'gpt-4o%' AND call_id != '${call}' AND outcome = 'completed' ORDER BY started_at DESC LIMIT 1`,
  );
  eventId = whole[0]?.id ?? '';
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

interface ShownLine {
  readonly bucket: string;
  readonly quantity: bigint;
  readonly rate: bigint;
  readonly amount: bigint;
}

/** `$1,234.5`, as every figure of a receipt is written, in 10^-12 USD. */
const money = (text: string) => parseUsd(text.trim().replace('$', '').replaceAll(',', ''));

/** The lines of a receipt as they stand on screen, and the total under them. */
async function readReceipt(receipt: Locator): Promise<{ lines: ShownLine[]; total: bigint }> {
  const table = receipt.getByRole('table', { name: 'Lines of the receipt' });
  await table.getByRole('row', { name: /^Total/ }).waitFor();
  const lines: ShownLine[] = [];
  for (const row of await table.locator('tbody tr:has(button[aria-expanded])').all()) {
    const [quantity = '', rate = '', amount = ''] = await row.locator('td').allTextContents();
    lines.push({
      bucket: await textOf(row.getByRole('button')),
      quantity: BigInt(quantity.replaceAll(',', '')),
      rate: money(/^\$[\d,.]+/.exec(rate)?.[0] ?? rate),
      amount: money(amount),
    });
  }
  const cells = await table.locator('tfoot tr:last-child td').allTextContents();
  return { lines, total: money(cells.at(-1) ?? '') };
}

/** quantity x rate = amount on each line, and the amounts are the total: worked out here, from what is shown. */
function expectArithmetic({ lines, total }: { lines: readonly ShownLine[]; total: bigint }): void {
  expect(lines.length).toBeGreaterThan(0);
  for (const { bucket, quantity, rate, amount } of lines) {
    expect(amount * 1_000_000n, bucket).toBe(quantity * rate);
  }
  expect(lines.reduce((sum, { amount }) => sum + amount, 0n)).toBe(total);
}

const ledgerSum = async (column: string, where = '1') => {
  const rows = await system.books.ask<{ sum: string }>(
    `SELECT toString(sum(ifNull(${column}, 0))) AS sum FROM ratings_v1 WHERE ${where}`,
  );
  return parseUsd(rows[0]?.sum ?? '');
};

/** What the calls of a model used, at these rates per 1M, worked out from their events. */
async function usedOf(model: string, rates: Readonly<Record<'input' | 'cached_input' | 'output', string>>) {
  const used = await system.books.ask<Record<keyof typeof rates, string>>(
    `SELECT toString(sum(ifNull(input_tokens, 0))) AS input, toString(sum(ifNull(cached_input_tokens, 0))) AS cached_input,
      toString(sum(ifNull(output_tokens, 0))) AS output
     FROM usage_events_v1 WHERE ifNull(served_model, requested_model) = '${model}'`,
  );
  const buckets = Object.keys(rates) as (keyof typeof rates)[];
  const tokenPico = (bucket: keyof typeof rates) => parseUsd(rates[bucket]) / 1_000_000n;
  return buckets.reduce((sum, bucket) => sum + BigInt(used[0]?.[bucket] ?? 0) * tokenPico(bucket), 0n);
}

describe('the receipt of a call', () => {
  it('opens from the call, and its lines make its figure, as the ledger has it', async () => {
    const page = await open(`${PROVIDER}?call=${eventId}`);
    const drawer = page.getByRole('dialog');
    const shown = await readReceipt(drawer);
    expectArithmetic(shown);
    expect(shown.total).toBe(await ledgerSum('total', `event_id = '${eventId}'`));
    expect(money(await textOf(drawer.locator('p.text-title')))).toBe(shown.total);
    expect(shown.total > 0n).toBe(true);
    await drawer.getByText(/they add up to the total, to the last digit/).waitFor();
    expect(await axeFaults(page, 'call drawer')).toEqual([]);
  });

  it('goes down to the usage as the upstream sent it, and says where each rate is from', async () => {
    const page = await open(`/receipts/${eventId}`);
    const { lines } = await readReceipt(page.locator('main'));
    const stored = await system.books.ask<{ raw: string }>(
      `SELECT raw_usage AS raw FROM usage_events_v1 WHERE event_id = '${eventId}'`,
    );
    const raw = await codeOf(page, 'Usage as the upstream sent it');
    expect(JSON.parse(raw)).toEqual(JSON.parse(stored[0]?.raw ?? ''));
    const usage = JSON.parse(raw) as { prompt_tokens: number; completion_tokens: number };
    const read = lines.filter(({ bucket }) => /input/i.test(bucket)).reduce((sum, { quantity }) => sum + quantity, 0n);
    const written = lines
      .filter(({ bucket }) => /output|reasoning/i.test(bucket))
      .reduce((sum, { quantity }) => sum + quantity, 0n);
    expect([read, written]).toEqual([BigInt(usage.prompt_tokens), BigInt(usage.completion_tokens)]);

    const input = page.getByRole('button', { name: 'Input', exact: true });
    await input.focus();
    await page.keyboard.press('Enter');
    expect(await input.getAttribute('aria-expanded')).toBe('true');
    const source = page.locator(`[id="${await input.getAttribute('aria-controls')}"]`);
    expect(await source.getByRole('link').getAttribute('href')).toMatch(/^https:\/\//);
    await source.getByText(/^as of \d+ \w+ \d{4}$/).waitFor();
    await source.getByText(/^catalog-/).waitFor();
    expect(await axeFaults(page, 'an opened line')).toEqual([]);
  });

  it('has a page of its own that keeps still, fits a phone and a wall, and prints its lines opened', async () => {
    expect(await faultsOf(admin.page, `/receipts/${eventId}`)).toEqual([]);
    const page = await open(`/receipts/${eventId}`);
    await page.emulateMedia({ media: 'print' });
    expect(await page.getByRole('complementary', { name: 'Sidebar' }).isVisible()).toBe(false);
    expect(
      await page
        .getByText(/^catalog-/)
        .first()
        .isVisible(),
    ).toBe(true);
    await page.emulateMedia({ media: 'screen' });
  });

  it('shows the attempts at the same call beside it, each billed by itself', async () => {
    const page = await open(`/receipts/${firstAttempt}`);
    await page.getByRole('heading', { name: '2 attempts at this call' }).waitFor();
    await page.getByRole('link', { name: 'Attempt 2' }).click();
    await page.waitForURL((url) => !url.pathname.endsWith(firstAttempt));
    await page.getByRole('link', { name: 'Attempt 1' }).waitFor();
  });

  it('of a call that is not there says so', async () => {
    const page = await open(`/receipts/${randomUUID()}`);
    await page.getByRole('heading', { name: 'No such call' }).waitFor();
    expect(await axeFaults(page, 'no receipt')).toEqual([]);
  });

  it('of a model without a price multiplies nothing, says why and leads to a price', async () => {
    const rows = await system.books.ask<{ id: string }>(
      `SELECT toString(event_id) AS id FROM ratings_v1 WHERE model = '${UNKNOWN}' LIMIT 1`,
    );
    const page = await open(`/receipts/${rows[0]?.id}`);
    await page.getByText('The catalog does not know this model, and no price is set for it.').first().waitFor();
    expect(await textOf(page.locator('main p.text-title'))).toBe('unpriced');
    await page.getByRole('link', { name: 'Set a price' }).click();
    await page.waitForURL('**/usage/unpriced?*');
  });
});

describe('the receipt of a sum', () => {
  it('opens from Cost & Usage by keyboard and is the ledger to the last digit', async () => {
    const page = await open('/usage');
    const figure = page.getByRole('button', { name: /^Spend, total: / });
    await figure.focus();
    await page.keyboard.press('Enter');
    const drawer = dialog(page, 'Spend');
    const shown = await readReceipt(drawer);
    expectArithmetic(shown);
    const spend = await ledgerSum('total');
    expect(shown.total).toBe(spend);
    expect(await textOf(drawer.locator('p.text-title'))).toBe(`$${formatUsd(spend)}`);
    expect(await drawer.getByLabel('Agrees', { exact: true }).count()).toBe(1);
    expect((await figureOf(drawer, 'Calls')).shown).toBe(String(CALLS + 1));
    expect((await figureOf(drawer, 'Attempts')).shown).toBe(String(CALLS + 2));
    expect((await figureOf(drawer, 'Unpriced')).shown).toBe(String(CALLS / 3));
    await drawer.getByRole('heading', { name: 'In no sum' }).waitFor();
    expect(await axeFaults(page, 'receipt of a sum')).toEqual([]);
    expect(await invisibleStops(page, 12)).toEqual([]);

    await page.keyboard.press('Escape');
    await drawer.waitFor({ state: 'detached' });
    await expect.poll(async () => (await focused(page)).text, PATIENCE).toMatch(/^Spend, total: /);
  });

  it('opens for each part of it, and the parts are the whole', async () => {
    const page = await open('/usage');
    let sum = 0n;
    for (const [part, column] of [
      ['input', 'amount_input'],
      ['cachedInput', 'amount_cached_input'],
      ['output', 'amount_output'],
      ['reasoning', 'amount_reasoning'],
    ] as const) {
      const expected = await ledgerSum(column);
      if (expected === 0n) continue;
      await open(`/usage?receipt=${part}`);
      const shown = await readReceipt(page.getByRole('dialog'));
      expectArithmetic(shown);
      expect(shown.total, part).toBe(expected);
      sum += shown.total;
    }
    expect(sum).toBe(await ledgerSum('total'));
  });

  it('opens from Home, a provider, its models and a model, each with the figure that stood there', async () => {
    for (const [path, name, where] of [
      ['/', /^Spend this month: /, '1'],
      [PROVIDER, /^Spend of the last 7 days: /, '1'],
      [`${PROVIDER}?tab=models`, /^Spend of gpt-4o-mini: /, "model LIKE 'gpt-4o-mini%'"],
      [`${PROVIDER}/models/gpt-4o-mini`, /^Spend of the last 7 days: /, "model LIKE 'gpt-4o-mini%'"],
    ] as const) {
      const page = await open(path);
      const figure = page.getByRole('button', { name });
      const exact = await figure.locator('[title^="$"]').getAttribute('title');
      await figure.click();
      const shown = await readReceipt(page.getByRole('dialog'));
      expectArithmetic(shown);
      expect(shown.total, path).toBe(await ledgerSum('total', where));
      expect(money(/^\$[\d,.]*\d/.exec(exact ?? '')?.[0] ?? ''), path).toBe(shown.total);
      await page.goBack();
      await page.getByRole('dialog').waitFor({ state: 'detached' });
    }
  });

  it('leads to the calls behind it, and its lines can be taken along', async () => {
    const page = await open('/usage?receipt=total');
    const drawer = dialog(page, 'Spend');
    await drawer.getByRole('table').first().waitFor();
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      drawer.getByRole('button', { name: 'Download lines' }).click(),
    ]);
    const chunks: Buffer[] = [];
    for await (const chunk of await download.createReadStream()) chunks.push(chunk as Buffer);
    const rows = Buffer.concat(chunks).toString('utf8').trim().split('\r\n').slice(1);
    const amounts = rows.map((row) => row.split(',')[5] ?? '').filter((amount) => amount !== 'unpriced');
    expect(amounts.reduce((sum, amount) => sum + parseUsd(amount), 0n)).toBe(await ledgerSum('total'));

    await drawer.getByRole('link', { name: 'See the calls behind it' }).click();
    await page.waitForURL('**/usage/calls?*');
    await settle(page);
    expect(await page.getByRole('table', { name: 'Calls' }).getByRole('row').count()).toBe(CALLS + 2 + 1);
    expect(await faultsOf(page, page.url().slice(system.consoleUrl.length))).toEqual([]);
  });

  it('keeps its amounts in sight on a phone', async () => {
    await admin.page.setViewportSize({ width: 390, height: 800 });
    const page = await open('/usage?receipt=total');
    const region = page.getByRole('dialog').getByRole('region', { name: 'Lines of the receipt, scrolls' });
    await region.waitFor();
    expect(await region.evaluate((box) => box.scrollWidth - box.clientWidth)).toBeLessThanOrEqual(1);
    expect(await axeFaults(page, 'receipt on a phone')).toEqual([]);
    await page.setViewportSize({ width: 1280, height: 800 });
  });
});

describe('what has no price', () => {
  it('is named on Home and on its provider, with the way to a price', async () => {
    for (const path of ['/', PROVIDER]) {
      const page = await open(path);
      const notice = page.getByRole('listitem').filter({ hasText: `${UNKNOWN} has no price` });
      await notice.getByRole('link', { name: 'Set a price' }).click();
      await page.waitForURL(`**/usage/unpriced?*models=${UNKNOWN}`);
      await page.getByRole('table', { name: 'Unpriced models' }).getByRole('link', { name: UNKNOWN }).waitFor();
    }
  });

  it('has a view that is in order in both themes, from 390 to 2560 px', async () => {
    expect(await faultsOf(admin.page, '/usage/unpriced')).toEqual([]);
    expect(await faultsOf(admin.page, '/usage/unpriced?models=nothing-is-called-this')).toEqual([]);
  });

  it('says what it may come to at the nearest known rates, to the last digit, and that none of it is booked', async () => {
    const page = await open('/usage/unpriced');
    const row = page.getByRole('row').filter({ hasText: UNKNOWN });
    await row.getByText(/gpt-4\.1 of openai is the nearest by name/).waitFor();
    // https://developers.openai.com/api/docs/pricing: gpt-4.1 2, cached 0.50 and 8
    const expected = await usedOf(UNKNOWN, { input: '2', cached_input: '0.5', output: '8' });
    expect(expected > 0n).toBe(true);
    const exposure = (await row.locator('[title^="$"]').getAttribute('title')) ?? '';
    expect(money(/^\$[\d,.]*\d/.exec(exposure)?.[0] ?? '')).toBe(expected);
    expect(await ledgerSum('total', `model = '${UNKNOWN}'`)).toBe(0n);
  });

  it('gets a price there that reaches back to its first call, and its backlog is rated and booked', async () => {
    const spentBefore = await ledgerSum('total');
    const page = await open('/usage');
    await section(page, 'Spend')
      .getByRole('link', { name: `+ ${CALLS / 3} unpriced` })
      .click();
    await page.waitForURL('**/usage/unpriced?*');
    const row = page.getByRole('row').filter({ hasText: UNKNOWN });
    await row.getByText(String(CALLS / 3), { exact: true }).waitFor();
    await row.getByRole('button', { name: `Set a price for ${UNKNOWN}` }).click();
    const form = dialog(page, 'Override prices');
    await field(form, 'Input').fill('1');
    await field(form, 'Output').fill('2');
    await form.getByRole('button', { name: 'Save prices' }).click();
    await form.waitFor({ state: 'detached' });
    expect(await axeFaults(page, 'a price was set')).toEqual([]);
    expect(await ledgerSum('total')).toBe(spentBefore);
    await page.getByRole('button', { name: 'Rate the backlog' }).click();
    await page.waitForURL('**/restatements/*');

    await page.getByRole('button', { name: /^Book/ }).click();
    await page.getByRole('dialog').getByRole('button', { name: /^Book/ }).click();
    const expected = await usedOf(UNKNOWN, { input: '1', cached_input: '1', output: '2' });
    await expect.poll(() => ledgerSum('total', `model = '${UNKNOWN}'`), PATIENCE).toBe(expected);
    expect(await ledgerSum('total')).toBe(spentBefore + expected);
    await expect
      .poll(async () => {
        await open('/usage/unpriced');
        return page.getByRole('heading', { name: 'Every call has a known cost' }).count();
      }, PATIENCE)
      .toBe(1);
  });

  it('has a receipt then that says which restatement priced it, and the total still agrees', async () => {
    const rows = await system.books.ask<{ id: string }>(
      `SELECT toString(event_id) AS id FROM ratings_v1 WHERE model = '${UNKNOWN}' AND sign = -1 LIMIT 1`,
    );
    const page = await open(`/receipts/${rows[0]?.id}`);
    const shown = await readReceipt(page.locator('main'));
    expectArithmetic(shown);
    expect(shown.total).toBe(await ledgerSum('total', `event_id = '${rows[0]?.id}'`));
    await page.getByRole('link', { name: 'Restatement 1' }).first().waitFor();
    expect(await axeFaults(page, 'a restated receipt')).toEqual([]);
    await open('/usage?receipt=total');
    const total = await readReceipt(page.getByRole('dialog'));
    expectArithmetic(total);
    expect(total.total).toBe(await ledgerSum('total'));
  });
});

describe('the settings of a provider', () => {
  it('say what happens when an app hangs up and when usage is missing, and the overview repeats it', async () => {
    const page = await open(`${PROVIDER}?tab=settings`);
    const rules = section(page, 'When an app hangs up, and when usage is missing');
    await rules.getByText(/^Default for OpenAI: /).waitFor();
    await rules.getByRole('radio', { name: /^Drain/ }).click();
    const bound = field(rules, 'Read on for at most, seconds');
    await bound.fill('0');
    await bound.blur();
    await rules.getByText('Enter whole seconds from 1 to 600.').waitFor();
    expect(await page.getByRole('button', { name: 'Save changes' }).isDisabled()).toBe(true);
    expect(await axeFaults(page, 'rules of usage')).toEqual([]);
    await bound.fill('45');
    await rules.getByRole('radio', { name: /^Leave it unknown/ }).click();
    await page.getByRole('button', { name: 'Save changes' }).click();
    await page.getByText('Settings saved').waitFor();
    await open(PROVIDER);
    await page.getByText('drain: the answer is read on for at most 45 seconds').waitFor();
    await page.getByText('left unknown', { exact: true }).waitFor();
  });
});

describe('the browser', () => {
  it('had nothing to complain of', () => {
    expect(admin.complaints).toEqual([]);
  });
});
