import { parseUsd } from '@weir/contracts';
import OpenAI from 'openai';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { axeFaults } from './browser/accessibility.js';
import { openChromium } from './browser/chromium.js';
import {
  ADMIN,
  choose,
  codeOf,
  dialog,
  everythingOn,
  field,
  figureOf,
  invite,
  rowOf,
  section,
  signIn,
  signOut,
  textOf,
} from './browser/console-pages.js';
import { faultsOf, settle } from './browser/screen.js';
import { paste } from './browser/shell.js';
import { leavePicture, openVisitor, type Visitor } from './browser/visitor.js';
import { type System, startSystem } from './system.js';

const VIEWER = { name: 'Vera Viewer', email: 'vera@example.com', password: 'staple battery horse' };
const PATIENCE = { timeout: 30_000, interval: 50 };

let system: System;
let browser: Browser;
let admin: Visitor;
let viewer: Visitor;
let token = '';
let baseUrl = '';

beforeAll(async () => {
  browser = await openChromium();
  system = await startSystem({ queue: 'redis', web: true });
  admin = await openVisitor(browser, system.consoleUrl);
});
afterAll(async () => {
  await browser?.close();
  await system?.end();
});

beforeEach(({ onTestFailed }) => {
  onTestFailed(() => leavePicture(admin));
});

/** Money on screen has every digit in its title. */
const exactly = (title: string | null) => parseUsd((title ?? '').replace('$', '').replaceAll(',', ''));

describe('a new installation', () => {
  it('opens with the one-time link, asks for what it needs and leads to the first steps', async () => {
    const { page } = admin;
    expect(await faultsOf(page, '/signin')).toEqual([]);
    expect(await faultsOf(page, system.setupLink)).toEqual([]);
    const create = page.getByRole('button', { name: 'Create account' });
    expect(await create.isDisabled()).toBe(true);
    await page.getByText('Still needed: your name, email, password').waitFor();

    await field(page, 'Your name').fill(ADMIN.name);
    await field(page, 'Email').fill('admin');
    await field(page, 'Password').fill('short');
    await page.getByText('An email address looks like name@example.com.').waitFor();
    await page.getByText('Still needed: a valid email, a valid password').waitFor();
    await field(page, 'Email').fill(ADMIN.email);
    await page.getByText('Use at least 12 characters.').waitFor();
    await field(page, 'Password').fill(ADMIN.password);
    await create.click();

    await page.getByRole('heading', { name: 'First steps' }).waitFor();
    await system.console.signIn();
  });

  it('is in order on every screen while there is nothing to show', async () => {
    const faults: string[] = [];
    for (const path of ['/', '/providers', '/apps', '/secrets', '/usage']) {
      faults.push(...(await faultsOf(admin.page, path)));
    }
    expect(faults).toEqual([]);
  });

  it('takes the set-up link once', async () => {
    const stranger = await openVisitor(browser, system.consoleUrl);
    await stranger.page.goto(system.setupLink);
    await field(stranger.page, 'Your name').fill('Mallory');
    await field(stranger.page, 'Email').fill('mallory@example.com');
    await field(stranger.page, 'Password').fill('another long password');
    await stranger.page.getByRole('button', { name: 'Create account' }).click();
    await stranger.page.getByRole('alert').first().waitFor();
    await stranger.page.goto('/providers');
    expect(new URL(stranger.page.url()).pathname).toBe('/signin');
    await stranger.context.close();
  });
});

describe('an admin', () => {
  it('creates a provider, told of each mistake beforehand, and never sees its key again', async () => {
    const { page } = admin;
    await page.goto('/');
    await page.getByRole('link', { name: 'Create provider' }).click();
    const create = page.getByRole('button', { name: 'Create provider' });
    await page.getByText('Still needed: a provider type').waitFor();
    expect(await create.isDisabled()).toBe(true);

    await page.getByRole('combobox', { name: 'Provider type' }).fill('gpt');
    await page.getByRole('option', { name: /^OpenAI(?!-)/ }).click();
    expect(await field(page, 'Display name').inputValue()).toBe('OpenAI');
    await field(page, 'Display name').fill('OpenAI (production)');
    expect(await field(page, 'Name').inputValue()).toBe('openai-production');
    await page.getByText('Still needed: the API key').waitFor();
    await page.getByRole('button', { name: 'the API key' }).click();
    const key = page.getByRole('group', { name: 'API key' }).getByLabel('Value');
    expect(await key.evaluate((element) => element === document.activeElement)).toBe(true);

    const url = field(page, 'Base URL');
    await url.fill(`${system.simulator.url}/v1/chat/completions`);
    expect(await page.getByText('apps add the endpoint themselves').count()).toBe(0);
    await url.blur();
    await page.getByText('apps add the endpoint themselves').waitFor();
    await url.fill(`${system.simulator.url}/v1`);
    await page.getByText('apps add the endpoint themselves').waitFor({ state: 'detached' });

    await key.fill('sk-mistyped-0000000000000000');
    await page.getByRole('button', { name: 'Test connection' }).click();
    await expect.poll(() => codeOf(page, 'What the upstream answered'), PATIENCE).toContain('Incorrect API key');
    await key.fill(system.upstreamKey);
    await page.getByRole('button', { name: 'Test connection' }).click();
    await page.getByText(/The upstream offers \d+ models/).waitFor();

    expect(await create.isEnabled()).toBe(true);
    await create.click();
    await page.waitForURL('**/providers/openai-production?created=1');
    await page.getByText('OpenAI (production) is created').waitFor();
    await system.configured();

    const received = await admin.received();
    const answer = received.find(({ body }) => body.includes('"createProvider"'));
    expect(answer?.body).toContain('openai-production');
    for (const form of [system.upstreamKey, Buffer.from(system.upstreamKey).toString('base64').replace(/=+$/, '')]) {
      expect(received.filter(({ body }) => body.includes(form)).map(({ url: from }) => from)).toEqual([]);
      for (const path of ['/providers/openai-production?tab=settings', '/secrets', '/providers/openai-production']) {
        await page.goto(path);
        await settle(page);
        expect(await everythingOn(page)).not.toContain(form);
      }
    }
    await page.getByText(`…${system.upstreamKey.slice(-4)}`).waitFor();
  });

  it('tests the stored connection and reads the error of the upstream itself', async () => {
    const { page } = admin;
    await page.goto('/providers/openai-production');
    const panel = section(page, 'Endpoints');
    await panel.getByText('Not tested').first().waitFor();
    await choose(panel.getByRole('combobox', { name: 'Model' }), 'gpt-4o-mini');
    await panel.getByRole('button', { name: 'Test now' }).click();
    await panel.getByText(/^HTTP 200 · .+ · gpt-4o-mini/).waitFor();
    await panel
      .getByRole('row', { name: /^chat.completions/ })
      .getByText('Ready')
      .waitFor();
    await choose(panel.getByRole('combobox', { name: 'Model' }), 'sim-429');
    await panel.getByRole('button', { name: 'Test now' }).click();
    await panel.getByText(/^HTTP 429 · /).waitFor();
    expect(await codeOf(panel, 'What the upstream answered')).toContain('429');
    expect(await axeFaults(page, 'a failed connection test')).toEqual([]);
  });

  it('gives an app a token that is shown once, with lines that work as they stand', async () => {
    const { page } = admin;
    await page.goto('/');
    await page.getByRole('link', { name: 'Create app' }).click();
    const appDialog = dialog(page, 'Create app');
    await field(appDialog, 'Name').fill('checkout');
    await appDialog.getByRole('button', { name: 'Create app' }).click();

    const tokenDialog = dialog(page, /Create token|Store this token/);
    await field(tokenDialog, 'Name').fill('browser test');
    await tokenDialog.getByRole('button', { name: 'Create token' }).click();
    token = await textOf(tokenDialog.locator('code').first());
    expect(token).toMatch(/^weir_/);
    expect(await axeFaults(page, 'a token shown once')).toEqual([]);
    const exported = await codeOf(tokenDialog, 'Put it where the code reads it');
    const curl = await codeOf(tokenDialog, 'Client code: curl');
    await tokenDialog.getByRole('tab', { name: 'TypeScript' }).click();
    baseUrl = /baseURL: '([^']+)'/.exec(await codeOf(tokenDialog, 'Client code: TypeScript'))?.[1] ?? '';

    // A slip of the hand must not lose it.
    await page.keyboard.press('Escape');
    expect(await tokenDialog.isVisible()).toBe(true);
    await tokenDialog.getByRole('button', { name: 'I have stored it' }).click();
    await tokenDialog.waitFor({ state: 'detached' });
    expect(await everythingOn(page)).not.toContain(token);
    await page.reload();
    await settle(page);
    expect(await everythingOn(page)).not.toContain(token);
    await system.configured();

    await page.goto('/providers/openai-production');
    await page.getByText('No call yet').waitFor();
    await page.evaluate(() => Object.assign(window, { sameDocument: true }));
    const answered = JSON.parse(await paste(`${exported}\n${curl}`));
    const endedAt = performance.now();
    expect(answered.choices[0].message.content).not.toBe('');
    const calls = page.getByRole('table', { name: 'Last calls' });
    await expect.poll(() => calls.getByRole('row').count(), PATIENCE).toBe(2);
    process.stdout.write(`a call is on screen ${Math.round(performance.now() - endedAt)} ms after its end\n`);
    expect(await page.evaluate(() => 'sameDocument' in window)).toBe(true);

    const row = await rowOf(calls, 0);
    expect(row.App).toBe('checkout');
    expect(row.Outcome).toBe('Completed');
    expect(row.Model).toBe(answered.model);
    expect(row.Input).toBe(answered.usage.prompt_tokens.toLocaleString('en-US'));
    expect(row.Output).toBe(answered.usage.completion_tokens.toLocaleString('en-US'));
    await expect.poll(async () => (await rowOf(calls, 0)).Cost, PATIENCE).toMatch(/^\$0\.0*[1-9]/);
    expect(row.Latency).toMatch(/^[\d.]+ (ms|s)$/);
  });
});

describe('the calls of an official SDK', () => {
  it('arrive streamed and not, and open down to quantity × rate', async () => {
    const { page } = admin;
    const client = new OpenAI({ baseURL: baseUrl, apiKey: token, maxRetries: 0 });
    const messages = [{ role: 'user' as const, content: 'What is a weir?' }];
    const model = 'gpt-4o';
    const whole = await client.chat.completions.create({ model, messages });
    let streamed = '';
    for await (const chunk of await client.chat.completions.create({ model, messages, stream: true })) {
      streamed += chunk.choices[0]?.delta.content ?? '';
    }
    expect(streamed).not.toBe('');
    expect(whole.choices[0]?.message.content).not.toBe('');

    const calls = page.getByRole('table', { name: 'Last calls' });
    await expect.poll(() => calls.getByRole('row').count(), PATIENCE).toBe(4);
    await system.settled();
    expect((await rowOf(calls, 0))['First token']).toMatch(/^[\d.]+ (ms|s)$/);
    await calls.getByRole('row').nth(1).getByRole('button').first().click();
    const call = dialog(page, /^gpt-4o/);
    const receipt = call.getByRole('table', { name: 'Lines of the receipt' });
    await receipt.getByRole('row', { name: /^Total/ }).waitFor();
    expect(await axeFaults(page, 'an open call')).toEqual([]);

    let total = 0n;
    for (const line of await receipt.locator('tbody tr:has(button[aria-expanded])').all()) {
      const [quantity = '', rate = '', shown = ''] = await line.locator('td').allTextContents();
      const amount = exactly(shown);
      expect(amount).toBe(
        (BigInt(quantity.replaceAll(',', '')) * exactly(/^[$\d,.]+/.exec(rate)?.[0] ?? '')) / 1_000_000n,
      );
      total += amount;
    }
    expect(exactly(await call.locator('p.text-title').textContent())).toBe(total);
    expect(total > 0n).toBe(true);
    await page.keyboard.press('Escape');
    await call.waitFor({ state: 'detached' });
  });

  it('cost on every screen what the ledger holds, to the last digit', async () => {
    const { page } = admin;
    const { ratingSpend, eventTokens } = await system.books.totals();
    const spend = parseUsd(ratingSpend);
    const range = { from: new Date(Date.now() - 86_400_000), to: new Date(Date.now() + 86_400_000) };
    const { usageTotals } = await system.console.ask<{ usageTotals: { spend: string; totalTokens: number } }>(
      'query($range: TimeRange!) { usageTotals(range: $range) { spend totalTokens } }',
      { range },
    );
    expect(parseUsd(usageTotals.spend)).toBe(spend);
    expect(String(usageTotals.totalTokens)).toBe(eventTokens);

    await page.goto('/providers/openai-production');
    await settle(page);
    const kpis = page.getByRole('region', { name: 'Last 7 days' });
    expect(exactly((await figureOf(kpis, 'Spend')).exact)).toBe(spend);
    expect((await figureOf(kpis, 'Requests')).shown).toBe('3');
    expect((await figureOf(kpis, 'Tokens')).shown).toBe(Number(eventTokens).toLocaleString('en-US'));

    await kpis.getByRole('link', { name: 'View more about spend' }).click();
    await page.waitForURL('**/usage?*');
    await settle(page);
    expect(exactly((await figureOf(section(page, 'Spend'), 'Total')).exact)).toBe(spend);
    expect((await figureOf(section(page, 'Requests'), 'Total')).shown).toBe('3');
    expect((await figureOf(section(page, 'Tokens'), 'Total')).shown).toBe(Number(eventTokens).toLocaleString('en-US'));
  });

  it('stand on the meter of the home page: served, stored and in agreement', async () => {
    const { page } = admin;
    await page.goto('/');
    const meter = page.getByRole('region', { name: 'Meter' });
    await meter.getByText('All three agree').waitFor();
    const { events } = await system.books.totals();
    expect((await figureOf(meter, 'Calls served')).shown).toBe(String(events));
    expect((await figureOf(meter, 'Events stored')).shown).toMatch(new RegExp(`${events}$`));
    expect((await figureOf(meter, 'On their way')).shown).toMatch(/0$/);
  });
});

describe('a viewer', () => {
  it('comes in by an invitation link and sees the same figures at a shared address', async () => {
    const { page } = admin;
    const link = await invite(page, VIEWER, 'Viewer');
    viewer = await openVisitor(browser, system.consoleUrl);
    expect(await faultsOf(viewer.page, link)).toEqual([]);
    await field(viewer.page, 'Password').fill(VIEWER.password);
    await viewer.page.getByRole('button', { name: 'Set password' }).click();
    await viewer.page.getByRole('heading', { name: 'Recent calls' }).waitFor();

    await page.goto('/usage');
    await page.getByRole('button', { name: /^Group by/ }).click();
    await page.getByRole('menuitemradio', { name: 'Model' }).click();
    await page.waitForURL(/groupBy=model/);
    await page.goto(`${page.url()}&models=gpt-4o`);
    await section(page, 'Spend').getByRole('button', { name: 'Table' }).click();
    await page.waitForURL(/models=.*view=table|view=table.*models=/);
    await settle(page);
    await viewer.page.goto(page.url());
    await settle(viewer.page);
    const figures = (visitor: Visitor) => section(visitor.page, 'Spend').getByRole('table').allTextContents();
    expect(await figures(viewer)).toEqual(await figures(admin));
    expect((await figures(viewer)).join()).toContain('gpt-4o');
    expect((await figureOf(section(viewer.page, 'Requests'), 'Total')).shown).toBe('2');
  });

  it('sees no secret and nothing that only an admin may do', async () => {
    const { page } = viewer;
    const offered = async (path: string) => {
      await page.goto(path);
      await settle(page);
      return page.getByRole('main').getByRole('button').or(page.getByRole('main').getByRole('link')).allTextContents();
    };
    const forbidden =
      /\b(create|edit|disable|delete|invite|rotate|revoke|test connection|close|reopen|new restatement)\b/i;
    for (const path of [
      '/',
      '/providers',
      '/providers/openai-production',
      '/transcripts',
      '/transcripts/deletions/new',
      '/ledger',
      '/apps',
      '/settings',
    ]) {
      expect((await offered(path)).filter((text) => forbidden.test(text))).toEqual([]);
    }
    expect(await page.getByRole('navigation', { name: 'Main' }).getByRole('link').allTextContents()).toEqual([
      'Home',
      'LLM Providers',
      'Transcripts',
      'Cost & Usage',
      'Ledger',
      'Apps',
      'Settings',
    ]);
    for (const path of ['/secrets', '/audit', '/providers/new', '/transcripts/deletions/new']) {
      await page.goto(path);
      await page
        .getByText(/FORBIDDEN|may not|not allowed|role/i)
        .first()
        .waitFor();
    }
    const received = (await viewer.received()).filter(({ url }) => url.endsWith('/graphql'));
    const secrets = [system.upstreamKey, token, '"secretId":"', `"${system.upstreamKey.slice(-4)}"`];
    for (const secret of secrets) expect(received.filter(({ body }) => body.includes(secret))).toEqual([]);
  });
});

describe('an admin who stops things', () => {
  it('disables the provider, and its next call is refused on the wire and on screen', async () => {
    const { page } = admin;
    await page.goto('/providers/openai-production');
    await page.getByRole('button', { name: 'Disable' }).click();
    const confirm = dialog(page, /^Disable/);
    await confirm.getByText('provider_disabled').waitFor();
    await confirm.getByRole('button', { name: 'Disable provider' }).click();
    await page.getByRole('button', { name: 'Enable' }).waitFor();
    await system.configured();
    const client = new OpenAI({ baseURL: baseUrl, apiKey: token, maxRetries: 0 });
    const refused = client.chat.completions.create({ model: 'gpt-4o', messages: [{ role: 'user', content: 'hello' }] });
    await expect(refused).rejects.toMatchObject({ status: 403, code: 'provider_disabled' });
    const calls = page.getByRole('table', { name: 'Last calls' });
    await expect.poll(async () => (await rowOf(calls, 0)).Outcome, PATIENCE).toBe('Refused403');
    await expect.poll(async () => (await rowOf(calls, 0)).Cost, PATIENCE).toBe('not billed');
  });

  it('signs out, and comes back to where they were, but never to another site', async () => {
    const { page } = admin;
    await signOut(page);
    await page.goto('/usage?range=30d&groupBy=model');
    await page.waitForURL('**/signin?next=*');
    await signIn(page, ADMIN.email, 'not my password');
    await page
      .getByRole('alert')
      .getByText(/password/i)
      .waitFor();
    await signIn(page, ADMIN.email, ADMIN.password);
    await page.waitForURL('**/usage?range=30d&groupBy=model');
    for (const next of ['https://evil.example/', '//evil.example/', '/\\evil.example/', 'javascript:alert(1)']) {
      await signOut(page);
      await page.goto(`/signin?next=${encodeURIComponent(next)}`);
      await signIn(page, ADMIN.email, ADMIN.password);
      await page.waitForURL(`${system.consoleUrl}/`);
    }
  });

  it('was never complained to by the browser, and neither was the viewer', () => {
    expect(admin.complaints).toEqual([]);
    expect(viewer.complaints).toEqual([]);
  });

  it('signs out for good, though the page hears first from another answer that the session is gone', async () => {
    const { page } = admin;
    await page.goto('/usage?range=24h');
    await page.getByRole('heading', { name: 'Cost & Usage' }).waitFor();
    let heardFirst: Promise<unknown> = Promise.resolve();
    await page.route('**/graphql', async (route) => {
      if (!route.request().postData()?.includes('mutation SignOut')) return route.continue();
      heardFirst = page.waitForResponse(async (other) =>
        (await other.text().catch(() => '')).includes('UNAUTHENTICATED'),
      );
      const answer = await route.fetch();
      await heardFirst;
      return route.fulfill({ response: answer });
    });
    await signOut(page);
    await heardFirst;
    await page.unroute('**/graphql');
  });
});
