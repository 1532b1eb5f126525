import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { formatUsd, parseUsd } from '@weir/contracts';
import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { axeFaults } from './browser/accessibility.js';
import { openChromium } from './browser/chromium.js';
import { codeOf, dialog, field, figureOf, invite, openAdmin, section, textOf } from './browser/console-pages.js';
import { faultsOf, LAYOUT_SHIFT_MAX, openPage, shiftOf } from './browser/screen.js';
import { leavePicture, openVisitor, type Visitor } from './browser/visitor.js';
import { sendLoad } from './load.js';
import { type PastCall, reportCalls } from './past-calls.js';
import { type System, startSystem } from './system.js';

const PATIENCE = { timeout: 30_000, interval: 50 };
const PASSWORD = 'correct horse battery';
const FINANCE = { name: 'Fay Finance', email: 'fay@example.com' };
const VIEWER = { name: 'Vic Viewer', email: 'vic@example.com' };
const DAY_MS = 86_400_000;
/** Longer than all the other parts of a page take. */
const LATE_MS = 600;
const MODELS = ['gpt-4o', 'gpt-4o-mini'];
const CALLS = 12;
const SHARED = 'Models of the week';
const OWN = 'My checkout';
/** Asked for by its name, served under that or a dated one. */
const OF_GPT_4O = "model LIKE 'gpt-4o' OR model LIKE 'gpt-4o-2%'";
const RENAMED = 'Renamed for all';
const shell = promisify(execFile);

let system: System;
let browser: Browser;
let admin: Visitor;
let finance: Visitor;
let viewer: Visitor;
/** Start of the running UTC day. */
let today = 0;

beforeAll(async () => {
  browser = await openChromium();
  system = await startSystem({ queue: 'redis', web: true });
  await system.console.setUp(system.setupLink);
  const proxyUrl = await system.console.createProvider({
    ...{ name: 'openai-main', displayName: 'OpenAI', type: 'openai', baseUrl: `${system.simulator.url}/v1` },
    ...{ secretId: 'OPENAI_API_KEY', secretValue: system.upstreamKey, models: [] },
  });
  const token = await system.console.createToken(await system.console.createApp('checkout'), {
    expiresAt: new Date(Date.now() + 3 * DAY_MS).toISOString(),
  });
  admin = await openAdmin(browser, system.consoleUrl);
  finance = await join(FINANCE, 'Finance');
  viewer = await join(VIEWER, 'Viewer');
  await openPage(admin.page, '/');
  await admin.page.getByText('No call yet', { exact: true }).waitFor();
  await system.configured();
  await sendLoad({
    ...{ proxyUrl, token, calls: CALLS, concurrency: 4 },
    model: (index) => MODELS[index % MODELS.length] ?? '',
    isStream: (index) => index % 2 === 0,
    isAborted: () => false,
  });
  await system.settled();
  today = Math.floor(Date.now() / DAY_MS) * DAY_MS;
  const past = (model: string, startedAt: number, calls: number): PastCall[] =>
    Array.from({ length: calls }, (_, index) => ({
      ...{ provider: 'openai-main', requestedModel: model, startedAt: startedAt + index * 60_000 },
      meters: { input: 1_001 + index, output: 77 + index },
    }));
  await reportCalls(system, [
    ...past('gpt-4o', today - DAY_MS / 2, 5),
    ...past('gpt-4o-mini', today - 2.5 * DAY_MS, 2),
    // Within the last 168 hours for most of a day, and in none of the last seven days.
    ...past('gpt-4o', today - 6 * DAY_MS - 30 * 60_000, 7),
    ...past('gpt-4o-mini', today - 9.5 * DAY_MS, 4),
  ]);
  await vi.waitFor(async () => expect(await events()).toBe(CALLS + 18), PATIENCE);
});
afterAll(async () => {
  await browser?.close();
  await system?.end();
});
beforeEach(({ onTestFailed }) => {
  onTestFailed(() => leavePicture(admin));
});

const events = async () => {
  const rows = await system.books.ask<{ rated: string }>('SELECT toString(count()) AS rated FROM ratings_v1');
  return Number(rows[0]?.rated);
};

async function join(person: { name: string; email: string }, role: string): Promise<Visitor> {
  const link = await invite(admin.page, person, role);
  const visitor = await openVisitor(browser, system.consoleUrl);
  await visitor.page.goto(link);
  await field(visitor.page, 'Password').fill(PASSWORD);
  await visitor.page.getByRole('button', { name: 'Set password' }).click();
  await visitor.page.getByRole('heading', { name: 'Home' }).waitFor();
  return visitor;
}

/** `$1,234.5`, signed or not, in 10^-12 USD. */
const money = (text: string) => parseUsd(text.trim().replace(/^\+/, '').replace('$', '').replaceAll(',', ''));

/** What the ledger holds of a span, UTC epoch ms. */
async function booked(fromMs: number, toMs: number, where = '1') {
  const [row] = await system.books.ask<{ spend: string; calls: string }>(
    `SELECT toString(sum(sign * ifNull(total, 0))) AS spend, toString(sum(sign)) AS calls FROM ratings_v1
     WHERE started_at >= fromUnixTimestamp64Milli(${fromMs}) AND started_at < fromUnixTimestamp64Milli(${toMs}) AND (${where})`,
  );
  return { spend: parseUsd(row?.spend ?? ''), calls: Number(row?.calls) };
}
const sevenDays = (where?: string) => booked(today - 6 * DAY_MS, today + DAY_MS, where);

const viewsButton = (page: Page) =>
  page.getByRole('button', { name: /^(Views|Models of the week|My checkout|Renamed)/ });
const viewsPanel = (page: Page) => page.getByRole('dialog', { name: 'Saved views' });
const openViews = async (page: Page): Promise<Locator> => {
  await viewsButton(page).click();
  const panel = viewsPanel(page);
  await panel.locator('a[data-view]').first().or(panel.getByText('No view yet')).waitFor();
  return panel;
};
const menuOf = async (page: Page, view: string) => {
  await (await openViews(page)).getByRole('button', { name: `More of ${view}` }).click();
  await page.getByRole('menuitem', { name: 'Copy link' }).waitFor();
  return page.getByRole('menuitem').allTextContents();
};
const save = async (page: Page, name: string, isShared: boolean) => {
  await (await openViews(page)).getByRole('button', { name: 'Save as new view' }).click();
  const form = dialog(page, 'Save as new view');
  await field(form, 'Name').fill(name);
  if (isShared) await form.getByRole('checkbox', { name: 'Share in the project' }).click();
  await form.getByRole('button', { name: 'Save view' }).click();
  await form.waitFor({ state: 'detached' });
};

describe('saved views', () => {
  it('are kept, shared, and applied in a session of somebody else', async () => {
    await openPage(admin.page, '/usage?groupBy=model');
    await save(admin.page, SHARED, true);
    await expect.poll(() => textOf(viewsButton(admin.page)), PATIENCE).toBe(SHARED);

    const { page } = finance;
    await openPage(page, '/usage');
    const panel = await openViews(page);
    const part = panel.getByRole('region', { name: 'Shared in the project' });
    await part.getByText('by Ada Admin').or(part.getByText('by Admin')).waitFor();
    await part.getByRole('link', { name: new RegExp(`^${SHARED}`) }).click();
    await page.waitForURL(/groupBy=model/);
    await expect.poll(() => textOf(viewsButton(page)), PATIENCE).toBe(SHARED);
  });

  it('are marked once the page shows something else, and only their owner or an admin changes them', async () => {
    const { page } = finance;
    await page.goto(`${page.url()}&models=gpt-4o`);
    await expect.poll(() => textOf(viewsButton(page)), PATIENCE).toBe(`${SHARED}changed`);
    const panel = await openViews(page);
    expect(await panel.getByRole('button', { name: /^Update/ }).count()).toBe(0);
    await page.keyboard.press('Escape');
    expect(await menuOf(page, SHARED)).toEqual(['Copy link']);
    await page.keyboard.press('Escape');
    await page.keyboard.press('Escape');

    await openPage(admin.page, new URL(page.url()).pathname + new URL(page.url()).search);
    await (await openViews(admin.page)).getByRole('button', { name: /^Update/ }).click();
    await expect.poll(() => textOf(viewsButton(admin.page)), PATIENCE).toBe(SHARED);
    await page.reload();
    await expect.poll(() => textOf(viewsButton(page)), PATIENCE).toBe(SHARED);
  });

  it('of one’s own are seen by nobody else, and a viewer keeps views and shares none', async () => {
    await openPage(finance.page, '/usage?apps=checkout');
    await save(finance.page, OWN, false);
    await openPage(admin.page, '/usage');
    expect(await (await openViews(admin.page)).getByText(OWN).count()).toBe(0);

    await openPage(viewer.page, '/usage?groupBy=app');
    await (await openViews(viewer.page)).getByRole('button', { name: 'Save as new view' }).click();
    const form = dialog(viewer.page, 'Save as new view');
    await field(form, 'Name').fill('By app');
    expect(await form.getByRole('checkbox').count()).toBe(0);
    await form.getByRole('button', { name: 'Save view' }).click();
    await form.waitFor({ state: 'detached' });
    await viewer.page.getByRole('button', { name: 'By app', exact: true }).waitFor();
  });

  it('are renamed for everybody, and gone for everybody once they are deleted', async () => {
    const { page } = admin;
    await openPage(page, '/usage');
    await menuOf(page, SHARED);
    await page.getByRole('menuitem', { name: 'Rename' }).click();
    const form = dialog(page, 'Rename view');
    await field(form, 'Name').fill(RENAMED);
    await form.getByRole('button', { name: 'Save' }).click();
    await form.waitFor({ state: 'detached' });
    const names = async () => {
      await openPage(finance.page, '/usage');
      return (await openViews(finance.page)).locator('a[data-view]').allTextContents();
    };
    const renamed = await names();
    expect(renamed.some((name) => name.startsWith(RENAMED))).toBe(true);
    expect(renamed.some((name) => name.startsWith(SHARED))).toBe(false);

    await openPage(page, '/usage');
    await menuOf(page, RENAMED);
    await page.getByRole('menuitem', { name: 'Delete' }).click();
    const sure = dialog(page, `Delete ${RENAMED}?`);
    await sure.getByText('Links to it go on showing the same figures.').waitFor();
    await sure.getByRole('button', { name: 'Delete view' }).click();
    await sure.waitFor({ state: 'detached' });
    expect((await names()).some((name) => name.startsWith(RENAMED))).toBe(false);
  });
});

describe('a full report', () => {
  it('is ordered for what is on screen, and its lines add up to it', async () => {
    const { page } = finance;
    await openPage(page, '/usage?range=30d&models=gpt-4o');
    const shown = money((await figureOf(section(page, 'Spend'), 'Total')).exact?.split(',')[0] ?? '');
    await page.getByRole('button', { name: 'Full report' }).click();
    const form = dialog(page, 'Full report');
    await form.getByText('gpt-4o').waitFor();
    await form.getByRole('button', { name: 'Daily' }).click();
    await form.getByRole('checkbox', { name: 'App' }).click();
    await form.getByText('One row for each day, provider and app.').waitFor();
    expect(await axeFaults(page, 'a new report')).toEqual([]);
    const arriving = page.waitForEvent('download');
    await form.getByRole('button', { name: 'Create report' }).click();
    const download = await arriving;
    const text = await readFile(await download.path(), 'utf8');
    const [head = '', ...lines] = text.replace('\uFEFF', '').trimEnd().split('\r\n');
    const at = head.split(',').indexOf('spend_usd');
    const sum = lines.reduce((all, line) => all + parseUsd(line.split(',')[at] ?? ''), 0n);
    expect(formatUsd(sum)).toBe(formatUsd(shown));
    expect(formatUsd(sum)).toBe(formatUsd((await booked(0, today + DAY_MS, OF_GPT_4O)).spend));
    expect(lines.length).toBeGreaterThan(1);
  });

  it('is found again by everybody, and can be deleted by who ordered it', async () => {
    const { page } = viewer;
    await openPage(page, '/usage?report=recent');
    const list = dialog(page, 'Full report');
    await list.getByRole('link', { name: 'Download' }).waitFor();
    expect(await list.getByRole('button', { name: /^Delete/ }).count()).toBe(0);
    expect(await axeFaults(page, 'recent reports')).toEqual([]);

    await openPage(finance.page, '/usage?report=recent');
    const own = dialog(finance.page, 'Full report');
    await own.getByRole('button', { name: /^Delete weir-usage/ }).click();
    await own.getByText('Cancelled').or(own.getByText('Expired')).waitFor();
    expect(await own.getByRole('link', { name: 'Download' }).count()).toBe(0);
  });
});

describe('an API token', () => {
  let command = '';
  let secret = '';
  const run = async (text: string) => {
    const { stdout } = await shell('bash', ['-c', text], { env: { ...process.env, WEIR_READ_TOKEN: secret } });
    return JSON.parse(stdout) as {
      data?: { usageBreakdown: { key: string; totals: { spend: string; calls: number } }[] };
      errors?: { extensions?: { code?: string } }[];
    };
  };

  it('is shown once, and the command beside it answers with the figures of the ledger', async () => {
    const { page } = finance;
    await openPage(page, '/settings?tab=api-tokens');
    await page.getByRole('button', { name: 'Create API token' }).first().click();
    await field(dialog(page, 'Create API token'), 'Name').fill('monthly report');
    await dialog(page, 'Create API token').getByRole('button', { name: 'Create API token' }).click();
    const shown = dialog(page, 'Store this token now');
    secret = await textOf(shown.locator('code').first());
    command = await codeOf(shown, 'Spend by model this month');
    expect(await axeFaults(page, 'a new API token')).toEqual([]);
    await page.keyboard.press('Escape');
    expect(await shown.count()).toBe(1);
    await shown.getByRole('button', { name: 'I have stored it' }).click();
    expect(await page.content()).not.toContain(secret);

    const answer = await run(command);
    const month = new Date(today).setUTCDate(1);
    const ledger = await booked(month, today + DAY_MS);
    const sum = answer.data?.usageBreakdown.reduce((all, { totals }) => all + parseUsd(totals.spend), 0n);
    expect(formatUsd(sum ?? 0n)).toBe(formatUsd(ledger.spend));
  });

  it('reads and changes nothing, and stops when it is revoked', async () => {
    const change = `{"query":"mutation { deleteSavedView(id: \\"${crypto.randomUUID()}\\") }"}`;
    const refused = await run(command.replace(/-d '.*'$/s, `-d '${change}'`));
    expect(refused.data ?? null).toBeNull();
    expect(refused.errors?.length).toBeGreaterThan(0);

    const { page } = finance;
    await openPage(page, '/settings?tab=api-tokens');
    const row = page.getByRole('row', { name: /monthly report/ });
    await expect.poll(async () => textOf(row), PATIENCE).not.toContain('never');
    await row.getByRole('button', { name: /monthly report/ }).click();
    await page.getByRole('menuitem', { name: 'Revoke' }).click();
    await dialog(page, 'Revoke monthly report?').getByRole('button', { name: 'Revoke token' }).click();
    await row.getByText('Revoked').waitFor();
    expect((await run(command)).errors?.[0]?.extensions?.code).toBe('UNAUTHENTICATED');
  });

  it('is not for viewers', async () => {
    await openPage(viewer.page, '/settings');
    expect(await viewer.page.getByRole('tab', { name: 'API tokens' }).count()).toBe(0);
  });
});

describe('the seven days of a provider and its models', () => {
  it.each([
    ['/providers/openai-main', '1'],
    ['/providers/openai-main/models/gpt-4o', OF_GPT_4O],
  ])('%s shows the figures of the ledger, and View more the same', async (path, where) => {
    const { page } = finance;
    const ledger = await sevenDays(where);
    const kpis = page.getByRole('region', { name: 'Last 7 days' });
    for (const what of ['spend', 'requests', 'tokens']) {
      await openPage(page, path);
      const figures = Object.fromEntries(
        await Promise.all(
          ['Spend', 'Requests', 'Tokens'].map(async (label) => [label, await figureOf(kpis, label)] as const),
        ),
      );
      expect(money(figures.Spend?.exact?.split(',')[0] ?? '')).toBe(ledger.spend);
      expect(figures.Requests?.shown).toBe(String(ledger.calls));
      await expect.poll(() => kpis.getByRole('img').count(), PATIENCE).toBe(3);
      await kpis.getByRole('link', { name: `View more about ${what}` }).click();
      await page.waitForURL('**/usage?*');
      await expect
        .poll(async () => (await figureOf(section(page, 'Spend'), 'Total')).exact, PATIENCE)
        .toBe(figures.Spend?.exact);
      expect((await figureOf(section(page, 'Requests'), 'Total')).shown).toBe(figures.Requests?.shown);
      expect((await figureOf(section(page, 'Tokens'), 'Total')).shown).toBe(figures.Tokens?.shown);
    }
  });

  it('lead from the row of the list to the same figures', async () => {
    const { page } = finance;
    await openPage(page, '/providers');
    await page
      .getByRole('row', { name: /OpenAI/ })
      .getByRole('button', { name: /OpenAI/ })
      .click();
    await page.getByRole('menuitem', { name: 'View in Cost & Usage' }).click();
    await page.waitForURL(/\/usage\?.*providers=openai-main/);
    const { spend } = await sevenDays();
    await expect
      .poll(async () => money((await figureOf(section(page, 'Spend'), 'Total')).exact?.split(',')[0] ?? '0'), PATIENCE)
      .toBe(spend);
  });
});

describe('Home', () => {
  it('names the token that ends soon, and says how the whole is', async () => {
    const { page } = admin;
    await openPage(page, '/');
    await section(page, 'Needs attention')
      .getByText(/^Token test of checkout stops working on/)
      .waitFor();
    await page.getByText(/thing(s)? to look at$/).waitFor();
  });

  it('says what changed from week to week, model by model as the ledger has it', async () => {
    const { page } = admin;
    await openPage(page, '/');
    const changed = section(page, 'What changed');
    const moved = async (where: string) => {
      const after = await booked(today - 7 * DAY_MS, today, where);
      const before = await booked(today - 14 * DAY_MS, today - 7 * DAY_MS, where);
      return after.spend - before.spend;
    };
    const models = changed.locator('div', { has: page.getByRole('heading', { name: 'Models' }) }).last();
    const figures = await models
      .getByRole('listitem')
      .evaluateAll((lines) =>
        lines.map((line) => [
          line.querySelector('a')?.textContent,
          line.querySelector(':scope > .figures')?.getAttribute('title'),
        ]),
      );
    expect(Object.fromEntries(figures.map(([name, difference]) => [name, money(difference ?? '')]))).toEqual({
      'gpt-4o': await moved(OF_GPT_4O),
      'gpt-4o-mini': await moved("model LIKE 'gpt-4o-mini%'"),
    });
    const whole = await changed
      .getByText(/^Spend went from/)
      .locator('.figures')
      .getAttribute('title');
    expect(money(whole ?? '')).toBe(await moved('1'));
  });

  it('moves nothing on screen, in whatever order its parts come', async () => {
    const { page } = admin;
    const parts = ['HomeMeter', 'HomeSums', 'HomeSetting', 'HomeForecast', 'HomeAnomalies', 'HomeMovers', 'Notices'];
    for (const last of [...parts, 'Calls', 'ApiTokens']) {
      let wasLate = false;
      await page.route('**/graphql', async (route) => {
        const { operationName } = route.request().postDataJSON() as { operationName: string };
        if (operationName === last) await sleep(LATE_MS);
        wasLate ||= operationName === last;
        await route.fallback();
      });
      expect(await shiftOf(page, '/'), `${last} comes last`).toBeLessThan(LAYOUT_SHIFT_MAX);
      expect(wasLate, `${last} was asked for`).toBe(true);
      await page.unrouteAll({ behavior: 'wait' });
    }
  });
});

describe('every screen', () => {
  it.each(['/', '/settings?tab=api-tokens', '/providers', '/providers/openai-main?tab=models', '/usage?report=new'])(
    '%s is accessible in both themes, keeps still and fits from 390 to 2560 px',
    async (path) => {
      expect(await faultsOf(admin.page, path)).toEqual([]);
    },
  );

  it('had nothing to complain of', () => {
    for (const { complaints } of [admin, finance, viewer]) {
      // A mutation by a revoked token answers 401, and only outside the browser.
      expect(complaints).toEqual([]);
    }
  });
});
