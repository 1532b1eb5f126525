import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { axeFaults } from './browser/accessibility.js';
import { openChromium } from './browser/chromium.js';
import { dialog, field, openAdmin } from './browser/console-pages.js';
import { focused, invisibleStops, movements } from './browser/focus.js';
import { faultsOf, settle } from './browser/screen.js';
import { leavePicture, type Visitor } from './browser/visitor.js';
import { sendLoad } from './load.js';
import { type System, startSystem } from './system.js';

const CALLS = 60;
const MODELS = ['gpt-4o', 'gpt-4o-mini', 'no-such-price-model', 'sim-429', 'sim-no-usage'];

let system: System;
let browser: Browser;
let admin: Visitor;
let appId = '';
let eventId = '';

beforeAll(async () => {
  browser = await openChromium();
  system = await startSystem({ queue: 'redis', web: true });
  await system.console.setUp(system.setupLink);
  const proxyUrl = await system.console.createProvider({
    name: 'openai-production',
    displayName: 'OpenAI (production)',
    type: 'openai',
    baseUrl: `${system.simulator.url}/v1`,
    secretId: 'OPENAI_API_KEY',
    secretValue: system.upstreamKey,
    models: [],
  });
  // As long as names may be.
  await system.console.createProvider({
    name: `a${'-long'.repeat(12)}`,
    displayName: 'A provider of an organisation that likes to be precise '.repeat(4).trim(),
    type: 'openai_compatible',
    baseUrl: `${system.simulator.url}/v1`,
  });
  appId = await system.console.createApp('checkout');
  const token = await system.console.createToken(appId);
  await system.configured();
  await sendLoad({
    proxyUrl,
    token,
    calls: CALLS,
    concurrency: 4,
    model: (index) => MODELS[index % MODELS.length] ?? '',
    isStream: (index) => index % 3 === 0,
    isAborted: (index) => index % 20 === 0,
  });
  await system.settled();
  const { calls } = await system.console.ask<{ calls: { nodes: { eventId: string }[] } }>(
    '{ calls(filter: { outcomes: [completed], models: ["gpt-4o"] }) { nodes { eventId } } }',
  );
  eventId = calls.nodes[0]?.eventId ?? '';
  admin = await openAdmin(browser, system.consoleUrl);
});
afterAll(async () => {
  await browser?.close();
  await system?.end();
});

beforeEach(({ onTestFailed }) => {
  onTestFailed(() => leavePicture(admin));
});

describe('every screen', () => {
  it.each([
    '/',
    '/providers',
    '/providers?search=nothing-is-called-this',
    '/providers?type=openai,bedrock&status=untested&environment=staging&model=gpt-4o',
    '/providers?sort=-spend&rows=25',
    '/providers/new',
    '/providers/new?type=bedrock',
    '/providers/new?type=vertex',
    '/providers/new?type=openai_compatible',
    '/providers/openai-production',
    '/providers/openai-production?tab=models',
    '/providers/openai-production?tab=connect',
    '/providers/openai-production?tab=settings',
    '/providers/no-such-provider',
    '/apps',
    '/secrets',
    '/secrets?use=unused&search=nothing-is-called-this',
    '/settings',
    '/settings?tab=members',
    '/settings?tab=environments',
    '/usage',
    '/usage?groupBy=token_type&view=table',
    '/usage?providers=no-such-provider',
    '/usage/calls',
    '/usage/unpriced',
    '/audit',
    '/no-such-page',
  ])('%s is accessible in both themes, keeps still and fits from 390 to 2560 px', async (path) => {
    expect(await faultsOf(admin.page, path)).toEqual([]);
  });

  it('an app, an open call and every dialog are so too', async () => {
    const { page } = admin;
    expect(await faultsOf(page, `/apps/${appId}`)).toEqual([]);
    for (const path of [
      `/providers/openai-production?call=${eventId}`,
      '/apps?create=true',
      `/apps/${appId}?create=true`,
      '/secrets?create=true',
      '/secrets?secret=OPENAI_API_KEY',
      '/secrets?secret=NO_SUCH_SECRET',
    ]) {
      await page.goto(path);
      await page.getByRole('dialog').waitFor();
      await settle(page);
      expect(await axeFaults(page, path)).toEqual([]);
    }
  });
});

describe('the keyboard', () => {
  it('opens the palette, goes to places, shows the keys', async () => {
    const { page } = admin;
    await page.goto('/');
    await settle(page);
    await page.keyboard.press('Control+k');
    const palette = dialog(page, 'Search and go to');
    await palette.getByRole('combobox').fill('openai');
    await palette.getByRole('option', { name: /OpenAI \(production\)/ }).waitFor();
    expect(await axeFaults(page, 'command palette')).toEqual([]);
    await page.keyboard.press('Enter');
    await page.waitForURL('**/providers/openai-production');
    await settle(page);
    await page.keyboard.press('g');
    await page.keyboard.press('c');
    await page.waitForURL('**/usage');
    await settle(page);
    await page.keyboard.press('g');
    await page.keyboard.press('p');
    await page.waitForURL('**/providers');
    await settle(page);
    await page.keyboard.press('?');
    await dialog(page, 'Keyboard shortcuts').waitFor();
    expect(await axeFaults(page, 'keyboard shortcuts')).toEqual([]);
    await page.keyboard.press('Escape');
    await dialog(page, 'Keyboard shortcuts').waitFor({ state: 'detached' });
    await page.keyboard.press('/');
    expect(await page.evaluate('document.activeElement.tagName')).toBe('INPUT');
    await page.keyboard.type('g p');
    expect(await page.getByRole('searchbox').or(page.locator('input[data-search]')).first().inputValue()).toBe('g p');
  });

  it('never leaves a person without knowing where they are', async () => {
    for (const path of ['/', '/providers', '/providers/new', '/providers/openai-production', '/usage', '/settings']) {
      await admin.page.goto(path);
      await settle(admin.page);
      expect(await invisibleStops(admin.page, 30), path).toEqual([]);
    }
  });

  it('stays inside a dialog, and comes back to the button that opened it', async () => {
    const { page } = admin;
    await page.goto('/apps');
    await settle(page);
    await page.getByRole('button', { name: 'Create app' }).focus();
    await page.keyboard.press('Enter');
    const create = dialog(page, 'Create app');
    await field(create, 'Name').waitFor();
    for (const key of [...Array(12).fill('Tab'), ...Array(12).fill('Shift+Tab')]) {
      await page.keyboard.press(key);
      await expect.poll(async () => (await focused(page)).inDialog).toBe(true);
    }
    await page.keyboard.press('Escape');
    await create.waitFor({ state: 'detached' });
    await expect.poll(async () => (await focused(page)).text).toBe('Create app');
  });

  it('reads a chart bucket by bucket, exactly', async () => {
    const { page } = admin;
    await page.goto('/usage');
    await settle(page);
    const chart = page.getByRole('slider', { name: /^Requests over time/ });
    await chart.focus();
    await page.keyboard.press('End');
    await expect.poll(() => chart.getAttribute('aria-valuetext')).toContain(`total ${CALLS}`);
  });
});

describe('a person who wants no motion', () => {
  it('gets none, whatever opens', async () => {
    const { page } = admin;
    await page.emulateMedia({ reducedMotion: 'reduce' });
    await page.goto('/providers');
    expect(await movements(page)).toEqual([]);
    await settle(page);
    await page.keyboard.press('Control+k');
    await dialog(page, 'Search and go to').waitFor();
    expect(await movements(page)).toEqual([]);
    await page.emulateMedia({ reducedMotion: 'no-preference' });
  });
});

describe('the browser', () => {
  it('finds the icon where it looks by itself', async () => {
    const icon = await fetch(new URL('/favicon.ico', system.consoleUrl), { redirect: 'manual' });
    expect(icon.status).toBe(200);
    expect(icon.headers.get('content-type')).toContain('image/svg+xml');
  });

  it('had nothing to complain of', () => {
    const about404 = (complaint: string) => complaint.includes('404') && complaint.includes('/no-such-page');
    expect(admin.complaints.filter((complaint) => !about404(complaint))).toEqual([]);
  });
});
