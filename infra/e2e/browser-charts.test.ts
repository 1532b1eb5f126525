/// <reference lib="dom" />
import { formatUsd, parseUsd } from '@weir/contracts';
import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { openChromium } from './browser/chromium.js';
import { dialog, openAdmin, textOf } from './browser/console-pages.js';
import { csvLines, decoded, savedBy } from './browser/files.js';
import { focused, movements } from './browser/focus.js';
import { axeFaults, faultsOf, openPage, settle } from './browser/screen.js';
import { leavePicture, type Visitor } from './browser/visitor.js';
import { sendLoad } from './load.js';
import { reportCalls } from './past-calls.js';
import { type System, startSystem } from './system.js';
import { PRICED, UNPRICED, usageOf } from './usage-world.js';

const PATIENCE = { timeout: 30_000, interval: 50 };
const DAY_MS = 86_400_000;
const LEAST_TARGET_PX = 24;
const PROVIDERS = ['openai-main', ...Array.from({ length: 11 }, (_, index) => `openai-${index + 1}`)];
const MODELS = [...PRICED, UNPRICED, ...Array.from({ length: 51 }, (_, index) => `house-${index}`)];
const WORLD = { providers: PROVIDERS, models: MODELS, users: 25, days: 40, callsPerDay: 30 };
/** From days before the first call to a day after the last. */
const midnight = (inDays: number) => new Date((Math.floor(Date.now() / DAY_MS) + inDays) * DAY_MS);
const SPAN = { from: midnight(-50), to: midnight(1) };
const ALL = `range=custom&customStart=${SPAN.from.toISOString()}&customEnd=${SPAN.to.toISOString()}`;
const DAYS = 51;

let system: System;
let browser: Browser;
let admin: Visitor;
let proxyUrl = '';
let token = '';

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
  await call();
  await system.settled();
  const calls = usageOf(WORLD, Date.now() - 60_000);
  await reportCalls(system, calls);
  await vi.waitFor(async () => expect((await system.books.totals()).rollUpRated).toBe(calls.length + 1), PATIENCE);
  admin = await openAdmin(browser, system.consoleUrl);
});
afterAll(async () => {
  await browser?.close();
  await system?.end();
});
beforeEach(({ onTestFailed }) => {
  onTestFailed(() => leavePicture(admin));
});

function call(): Promise<unknown> {
  return sendLoad({
    ...{ proxyUrl, token, calls: 1, concurrency: 1 },
    ...{ model: () => 'gpt-4o', isStream: () => false, isAborted: () => false },
  });
}

const open = (search = ALL): Promise<Page> => openPage(admin.page, `/usage?${search}`);
const chart = (kind: 'Spend' | 'Requests' | 'Tokens') =>
  admin.page.getByRole('figure', { name: new RegExp(`^${kind} over time`) });
const slider = (within: Locator) => within.getByRole('slider');
const legend = (within: Locator) => within.getByRole('list', { name: 'Series' });
const spoken = (within: Locator) => slider(within).getAttribute('aria-valuetext');
const dollars = (text: string | null) => parseUsd((text ?? '').replace(/[$,]/g, ''));

/** Figures of the raw rows alone. */
async function ledger(where = '1'): Promise<{ spend: bigint; calls: number }> {
  const [row] = await system.books.ask<{ spend: string; calls: string }>(
    `SELECT toString(sum(r.spend)) AS spend, toString(count()) AS calls FROM usage_events_v1 AS e
     LEFT JOIN (SELECT event_id, sum(ifNull(total, 0)) AS spend FROM ratings_v1 GROUP BY event_id) AS r ON r.event_id = e.event_id
     WHERE ${where}`,
  );
  return { spend: parseUsd(row?.spend ?? ''), calls: Number(row?.calls) };
}

/** The day of a bucket `index` from the left, as SQL. */
const dayOf = (index: number) =>
  `toDate(started_at) = '${midnight(index - 50)
    .toISOString()
    .slice(0, 10)}'`;

describe('bars', () => {
  it('stand for every day of the range, those without calls without height', async () => {
    await open();
    const [row] = await system.books.ask<{ days: string }>(
      'SELECT uniqExact(toDate(started_at)) AS days FROM usage_events_v1',
    );
    expect(await slider(chart('Requests')).getAttribute('aria-valuemax')).toBe(String(DAYS - 1));
    expect(await chart('Requests').locator('[data-nothing="zero"]').count()).toBe(DAYS - Number(row?.days));
  });

  it('of twelve providers of one type look different one by one, and the biggest are named beside them', async () => {
    await open();
    const looks = await legend(chart('Spend'))
      .locator('pattern')
      .evaluateAll((all) => all.map((one) => one.innerHTML));
    expect(looks).toHaveLength(PROVIDERS.length);
    expect(new Set(looks).size).toBe(PROVIDERS.length);
    // Without the forecast, which stands where the names would.
    await open(`${ALL}&hidden=openai-11`);
    const named = await chart('Spend').locator('[data-label] text').allTextContents();
    expect(named).toContain('The openai-main');
  });

  it('are read exactly by pointer', async () => {
    await open();
    const box = await slider(chart('Requests')).boundingBox();
    if (!box) throw new Error('no chart');
    await slider(chart('Requests')).hover({ position: { x: box.width * 0.7, y: box.height - 40 } });
    await expect.poll(() => spoken(chart('Requests')), PATIENCE).toMatch(/: total \d+\./);
    const [, title = '', total = ''] = /^(.*) UTC: total (\d+)\./.exec((await spoken(chart('Requests'))) ?? '') ?? [];
    const day = new Date(`${title} UTC`).toISOString().slice(0, 10);
    expect(Number(total)).toBe((await ledger(`toDate(started_at) = '${day}'`)).calls);
    const shown = chart('Requests').locator('tfoot').filter({ hasText: 'Total' });
    expect(await textOf(shown)).toMatch(new RegExp(`Total${total}$`));
  });
});

describe('the keyboard', () => {
  it('reads every bucket and every series of it to the last digit', async () => {
    const page = await open();
    await slider(chart('Spend')).focus();
    for (const key of ['Home', ...Array(6).fill('PageUp'), ...Array(6).fill('ArrowRight')])
      await page.keyboard.press(key);
    const at = 6 * 7 + 6;
    const whole = (await spoken(chart('Spend'))) ?? '';
    const expected = await ledger(dayOf(at));
    expect(dollars(/: total (\$[\d,.]+\d)\./.exec(whole)?.[1] ?? null)).toBe(expected.spend);

    const status = chart('Spend').getByRole('status');
    const heard = new Map<string, bigint>();
    for (const _ of PROVIDERS) {
      await page.keyboard.press('ArrowDown');
      const [, name = '', figure = ''] = /^(.*): (.*)$/.exec(await textOf(status)) ?? [];
      heard.set(name.replace('The ', ''), figure === 'unpriced' ? 0n : dollars(figure));
    }
    expect([...heard.keys()].toSorted()).toEqual(PROVIDERS.toSorted());
    for (const name of ['openai-main', 'openai-3', 'openai-11']) {
      expect(heard.get(name), name).toBe((await ledger(`${dayOf(at)} AND provider = '${name}'`)).spend);
    }
    await page.keyboard.press('Home');
    expect(await spoken(chart('Spend'))).toContain(`${midnight(-50).getUTCDate()} `);
    await page.keyboard.press('Escape');
    await expect.poll(() => spoken(chart('Spend'))).toMatch(/^Left and right read/);
  });

  it('leads with Enter to the calls of the bucket', async () => {
    const page = await open();
    await slider(chart('Requests')).focus();
    await page.keyboard.press('End');
    await page.keyboard.press('ArrowLeft');
    await page.keyboard.press('Enter');
    await page.waitForURL(/\/usage\/calls\?/);
    const { searchParams } = new URL(page.url());
    const stated = [...searchParams.values()]
      .filter((value) => /^\d{4}-/.test(value))
      .map((value) => new Date(value).getTime());
    expect(stated).toEqual([midnight(-1).getTime(), midnight(0).getTime()]);
  });
});

describe('the legend', () => {
  const button = (name: string) => legend(chart('Spend')).getByRole('button', { name: new RegExp(`^The ${name} \\$`) });
  const drawn = () =>
    chart('Spend')
      .locator('path[data-series]')
      .evaluateAll((all) => all.map((path) => path.getAttribute('data-series')));

  it('hides one with a click, leaves one alone with Shift or its second button, and shows all again', async () => {
    const page = await open();
    await button('openai-3').click();
    await expect.poll(drawn, PATIENCE).toHaveLength(PROVIDERS.length - 1);
    expect(await button('openai-3').getAttribute('aria-pressed')).toBe('false');
    await button('openai-4').click({ modifiers: ['Shift'] });
    await expect.poll(drawn, PATIENCE).toEqual(['openai-4']);
    await page.reload();
    await settle(page);
    expect(await drawn()).toEqual(['openai-4']);
    await legend(chart('Spend')).getByRole('button', { name: 'Show all' }).click();
    await expect.poll(drawn, PATIENCE).toHaveLength(PROVIDERS.length);
    await legend(chart('Spend')).getByRole('button', { name: 'Only The openai-5' }).click();
    await expect.poll(drawn, PATIENCE).toEqual(['openai-5']);
  });

  it('does the same by keyboard', async () => {
    const page = await open();
    await button('openai-2').focus();
    await page.keyboard.press('Enter');
    await expect.poll(drawn, PATIENCE).toHaveLength(PROVIDERS.length - 1);
    await page.keyboard.press('Tab');
    expect(await page.evaluate(() => document.activeElement?.getAttribute('aria-label'))).toBe('Only The openai-2');
    await page.keyboard.press('Enter');
    await expect.poll(drawn, PATIENCE).toEqual(['openai-2']);
  });

  it('says how many groups the rest is of and opens them', async () => {
    const page = await open(`${ALL}&groupBy=model`);
    await legend(chart('Spend'))
      .getByRole('button', { name: /^Show what Other \(48 more\) is made of$/ })
      .click();
    await page.getByRole('dialog').waitFor();
  });
});

describe('the table', () => {
  it('adds up to the ledger, column by column and row by row', async () => {
    await open(`${ALL}&view=table`);
    const table = chart('Spend').getByRole('table');
    await table.waitFor();
    const rows = await table
      .locator('tr')
      .evaluateAll((all) =>
        all.map((row) => [...row.querySelectorAll('td [title]')].map((figure) => figure.getAttribute('title') ?? '')),
      );
    const figures = rows
      .filter((row) => row.length > 0)
      .map((row) => row.map((title) => (title.startsWith('$') ? dollars(title.split(':')[0] ?? '') : 0n)));
    const totals = figures.at(-1) ?? [];
    const body = figures.slice(0, -1);
    expect(body).toHaveLength(DAYS);
    for (const [column, total] of totals.entries()) {
      expect(formatUsd(body.reduce((sum, row) => sum + (row[column] ?? 0n), 0n))).toBe(formatUsd(total));
    }
    for (const row of figures) expect(row.slice(0, -1).reduce((sum, figure) => sum + figure, 0n)).toBe(row.at(-1));
    expect(totals.at(-1)).toBe((await ledger()).spend);
  });

  it('is sorted by every column, and says so', async () => {
    await open(`${ALL}&view=table`);
    const table = chart('Requests').getByRole('table');
    await table.waitFor();
    const headers = table.getByRole('columnheader');
    const count = await headers.count();
    expect(count).toBe(PROVIDERS.length + 2);
    for (let column = 0; column < count; column++) {
      await headers.nth(column).getByRole('button').click();
      const said = await headers.nth(column).getAttribute('aria-sort');
      expect(said).toMatch(/^(a|de)scending$/);
      if (column === 0) continue;
      const figures = (await table.locator(`tbody tr > :nth-child(${column + 1})`).allTextContents()).map((text) =>
        Number(text.replaceAll(',', '')),
      );
      expect(figures).toEqual(figures.toSorted((a, b) => (said === 'descending' ? b - a : a - b)));
      await headers.nth(column).getByRole('button').click();
      expect(await headers.nth(column).getAttribute('aria-sort')).toBe(
        said === 'descending' ? 'ascending' : 'descending',
      );
    }
  });

  it('keeps its first column in sight on a phone, and the page still', async () => {
    const page = await open(`${ALL}&view=table`);
    await page.setViewportSize({ width: 390, height: 800 });
    const region = chart('Tokens').getByRole('region');
    await region.waitFor();
    await settle(page);
    const places = await region.evaluate((element) => {
      element.scrollLeft = 10_000;
      element.scrollTop = 200;
      const place = (selector: string) => element.querySelector(selector)?.getBoundingClientRect();
      const around = element.getBoundingClientRect();
      return {
        scrolled: element.scrollLeft,
        first: (place('tbody th')?.left ?? 0) - around.left,
        head: (place('thead th')?.top ?? 0) - around.top,
        foot: around.bottom - (place('tfoot td')?.bottom ?? 0),
        page: document.scrollingElement?.scrollWidth,
      };
    });
    expect(places.scrolled).toBeGreaterThan(100);
    expect(Math.abs(places.first)).toBeLessThanOrEqual(1);
    expect(Math.abs(places.head)).toBeLessThanOrEqual(1);
    expect(places.foot).toBeLessThanOrEqual(16);
    expect(places.page).toBe(390);
    await page.setViewportSize({ width: 1280, height: 800 });
  });

  it('leads from a figure to its calls, by arrow keys too', async () => {
    const page = await open(`${ALL}&view=table`);
    const table = chart('Requests').getByRole('table');
    await table.waitFor();
    await table.locator('[data-figure]').first().focus();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowRight');
    const place = await page.evaluate(() => {
      const cell = document.activeElement?.closest('td');
      return [cell?.cellIndex, (cell?.parentElement as HTMLTableRowElement | null)?.sectionRowIndex];
    });
    expect(place).toEqual([2, 1]);
    await page.keyboard.press('Enter');
    await page.waitForURL(/\/usage\/calls\?/);
    expect(new URL(page.url()).searchParams.get('providers')).toBeTruthy();
  });
});

describe('on the whole screen', () => {
  it('a chart has the same controls, is accessible, and gives the focus back', async () => {
    const page = await open();
    await page.emulateMedia({ reducedMotion: 'reduce' });
    await chart('Spend')
      .getByRole('button', { name: /^Maximise/ })
      .focus();
    await page.keyboard.press('Enter');
    const big = dialog(page, /^Spend over time/);
    await big.getByRole('slider').waitFor();
    expect(await movements(page)).toEqual([]);
    await page.emulateMedia({ reducedMotion: 'no-preference' });
    const box = await big.boundingBox();
    expect([box?.x, box?.y, box?.width, box?.height]).toEqual([0, 0, 1280, 800]);
    expect(await axeFaults(page, 'maximised')).toEqual([]);
    await big.getByRole('slider').focus();
    await page.keyboard.press('Home');
    expect(await big.getByRole('slider').getAttribute('aria-valuetext')).toMatch(/: total \$/);
    await big.getByRole('button', { name: 'Table' }).click();
    await big.getByRole('table').waitFor();
    await big.getByRole('button', { name: 'Chart' }).click();
    await page.keyboard.press('Escape');
    await big.waitFor({ state: 'detached' });
    await expect
      .poll(() => page.evaluate(() => document.activeElement?.getAttribute('aria-label')))
      .toMatch(/^Maximise Spend over time/);
    expect((await focused(page)).inDialog).toBe(false);
  });
});

describe('taken along', () => {
  const take = (kind: 'Spend' | 'Requests', label: string) =>
    savedBy(admin.page, async () => {
      await chart(kind)
        .getByRole('button', { name: /^Export/ })
        .click();
      await admin.page.getByRole('menuitem', { name: label }).click();
    });

  it('as CSV it is the ledger, bucket by bucket and provider by provider', async () => {
    await open();
    const saved = await take('Spend', 'CSV, every digit');
    expect(saved.name).toMatch(/\.csv$/);
    const all = csvLines(saved);
    const lines = all.filter(({ kind }) => kind === 'actual');
    expect(lines).toHaveLength(DAYS * PROVIDERS.length);
    // What the rest of the month may bring is told apart.
    expect(new Set(all.map(({ kind }) => kind).filter((kind) => !/^(actual|forecast)/.test(kind ?? '')))).toEqual(
      new Set(),
    );
    const sum = (some: typeof lines) =>
      some.reduce((total, { spend_usd: amount = '' }) => total + (amount === 'unpriced' ? 0n : parseUsd(amount)), 0n);
    expect(sum(lines)).toBe((await ledger()).spend);
    for (const name of PROVIDERS) {
      expect(sum(lines.filter(({ key }) => key === name)), name).toBe((await ledger(`provider = '${name}'`)).spend);
    }
    const day = lines.filter(({ day_start_utc: start }) => start === midnight(-5).toISOString());
    expect(sum(day)).toBe((await ledger(dayOf(45))).spend);
    const requests = csvLines(await take('Requests', 'CSV, every digit'));
    expect(requests.reduce((total, line) => total + Number(line.requests), 0)).toBe((await ledger()).calls);
  });

  it.each([
    ['PNG, light', 'rgb(255, 255, 255)'],
    ['PNG, dark', 'rgb(16, 20, 22)'],
  ])('as %s it is a picture of twice the size', async (label, ground) => {
    const page = await open();
    const saved = await take('Spend', label);
    expect(saved.name).toMatch(/\.png$/);
    const picture = await decoded(page, saved);
    expect(picture.width).toBe(2400);
    expect(picture.height).toBeGreaterThan(1000);
    expect(picture.ground).toBe(ground);
    expect(picture.colors).toBeGreaterThan(PROVIDERS.length);
  });

  it('as SVG it stands alone: no script, no style sheet, nothing from elsewhere', async () => {
    const page = await open();
    const saved = await take('Spend', 'SVG, light');
    const text = saved.bytes.toString('utf8');
    const found = await page.evaluate((source) => {
      const document = new DOMParser().parseFromString(source, 'image/svg+xml');
      const all = [...document.querySelectorAll('*')];
      return {
        isWhole: document.querySelector('parsererror') === null,
        names: [...new Set(all.map(({ localName }) => localName))],
        attributes: all.flatMap(({ attributes }) => [...attributes].map(({ name, value }) => `${name}=${value}`)),
        texts: [...document.querySelectorAll('text')].map(({ textContent }) => textContent),
      };
    }, text);
    expect(found.isWhole).toBe(true);
    for (const name of ['script', 'style', 'image', 'foreignObject', 'use', 'a'])
      expect(found.names).not.toContain(name);
    for (const attribute of found.attributes) {
      expect(attribute).not.toMatch(/^on|href=|var\(|light-dark\(|^class=|url\((?!#)/);
    }
    expect(found.texts.some((one) => one?.startsWith('Spend over time by provider'))).toBe(true);
    for (const name of PROVIDERS)
      expect(
        found.texts.some((one) => one?.includes(`The ${name}`)),
        name,
      ).toBe(true);
  });
});

describe('while calls come in', () => {
  it('a chart stays where it is read and as it looks, and tells the new figure', async () => {
    const page = await open('range=30d');
    const looks = () =>
      legend(chart('Requests'))
        .locator('li button[aria-pressed]')
        .evaluateAll((all) => all.map((one) => one.querySelector('pattern')?.innerHTML));
    const before = await looks();
    await slider(chart('Requests')).focus();
    await page.keyboard.press('End');
    const [, title, total] = /^(.*): total (\d+)\./.exec((await spoken(chart('Requests'))) ?? '') ?? [];
    await call();
    await expect
      .poll(() => spoken(chart('Requests')), PATIENCE)
      .toMatch(new RegExp(`^${title}: total ${Number(total) + 1}\\.`));
    expect(await looks()).toEqual(before);
    expect(await slider(chart('Requests')).evaluate((element) => element === document.activeElement)).toBe(true);
  });
});

describe('every chart', () => {
  it.each([
    ALL,
    'range=7d&groupBy=model&view=table',
    `${ALL}&groupBy=user`,
    `${ALL}&compare=true&tz=Asia/Kolkata`,
    'providers=no-such-provider',
  ])('%s is accessible in both themes, keeps still and fits from 390 to 2560 px', async (search) => {
    expect(await faultsOf(admin.page, `/usage?${search}`)).toEqual([]);
  });

  it.each([ALL, `${ALL}&view=table`])('%s has nothing to hit that is smaller than 24 px', async (search) => {
    const page = await open(search);
    for (const width of [390, 1280]) {
      await page.setViewportSize({ width, height: 800 });
      await settle(page);
      const small = await chart('Spend')
        .locator('button, [role="slider"]')
        .evaluateAll(
          (all, least) =>
            all.flatMap((one) => {
              const { width: w, height: h } = one.getBoundingClientRect();
              return w < least || h < least
                ? [`${one.getAttribute('aria-label') ?? one.textContent}: ${w} x ${h}`]
                : [];
            }),
          LEAST_TARGET_PX,
        );
      expect(small).toEqual([]);
    }
    await page.setViewportSize({ width: 1280, height: 800 });
  });

  it('names its buckets in the zone of the page', async () => {
    const page = await open('range=7d&tz=Asia/Kolkata');
    await slider(chart('Requests')).focus();
    await page.keyboard.press('End');
    expect(await spoken(chart('Requests'))).toMatch(/^\d+ \w+ \d{4}, Asia\/Kolkata: /);
  });

  it('beside the period before says both and the difference', async () => {
    const page = await open('range=14d&compare=true');
    await chart('Requests').locator('[data-overlay="previous"]').waitFor();
    await slider(chart('Requests')).focus();
    await page.keyboard.press('Home');
    await page.keyboard.press('ArrowRight');
    const [, total, before, difference] =
      /: total (\d+)\..*Before, \d+ \w+: (\d+), now ([+-]?\d+)/.exec((await spoken(chart('Requests'))) ?? '') ?? [];
    expect(Number(total) - Number(before)).toBe(Number(difference));
  });

  it('of rates has gaps where there is nothing to compute them from', async () => {
    const page = await open();
    const errors = page.getByRole('figure', { name: /^Error rate/ });
    await errors.getByRole('slider').focus();
    await page.keyboard.press('Home');
    expect(await errors.getByRole('slider').getAttribute('aria-valuetext')).toContain('unknown');
    await page.keyboard.press('End');
    await page.keyboard.press('PageDown');
    expect(await errors.getByRole('slider').getAttribute('aria-valuetext')).toMatch(/\d %/);
  });
});

describe('the browser', () => {
  it('had nothing to complain of', () => {
    expect(admin.complaints).toEqual([]);
  });
});
