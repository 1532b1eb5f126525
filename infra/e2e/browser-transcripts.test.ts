/// <reference lib="dom" />
import { readFile } from 'node:fs/promises';
import OpenAI from 'openai';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openChromium } from './browser/chromium.js';
import { openAdmin } from './browser/console-pages.js';
import { axeFaults, faultsOf, openPage, settle } from './browser/screen.js';
import { leavePicture, type Visitor } from './browser/visitor.js';
import { type System, startSystem } from './system.js';
import { HOSTILE, type Recorded, recordConversations } from './transcript-world.js';

const PATIENCE = { timeout: 30_000, interval: 50 };

let system: System;
let browser: Browser;
let admin: Visitor;
let recorded: Recorded;
let otlp: { readonly url: string; readonly token: string };

beforeAll(async () => {
  browser = await openChromium();
  system = await startSystem({ queue: 'redis', web: true });
  await system.console.setUp(system.setupLink);
  const provider = {
    ...{ name: 'openai', displayName: 'OpenAI', type: 'openai', baseUrl: `${system.simulator.url}/v1` },
    ...{ secretId: 'OPENAI_API_KEY', secretValue: system.upstreamKey, models: [] },
  };
  const proxyUrl = await system.console.createProvider(provider);
  admin = await openAdmin(browser, system.consoleUrl);
  await openPage(admin.page, '/transcripts');
  await admin.page.getByText('Nothing is recorded', { exact: true }).waitFor();
  await system.console.ask('mutation($input: UpdateProviderInput!) { updateProvider(input: $input) { id } }', {
    input: { name: 'openai', revision: 1, recordInputs: true, recordOutputs: true },
  });
  const token = await system.console.createToken(await system.console.createApp('checkout'));
  await system.configured();
  otlp = { url: `${new URL(proxyUrl).origin}/otlp/v1/traces`, token };
  recorded = await recordConversations(system, proxyUrl, token);
}, 300_000);
afterAll(async () => {
  await browser?.close();
  await system?.end();
});

beforeEach(({ onTestFailed }) => {
  onTestFailed(() => leavePicture(admin));
});

const rowsOf = (page: Page) => page.getByRole('table', { name: 'Conversations' }).getByRole('row');
const turnsIn = (page: Page) => page.getByRole('article').count();

describe('the list', () => {
  it('is reached by g t, holds every conversation, and is accessible at any width', async () => {
    const { page } = admin;
    await openPage(page, '/');
    await page.keyboard.press('g');
    await page.keyboard.press('t');
    await page.waitForURL('**/transcripts**');
    await expect.poll(() => rowsOf(page).count(), PATIENCE).toBe(6);
    expect(await faultsOf(page, '/transcripts?tz=UTC')).toEqual([]);
  });

  it('finds by what was said, by status, and by what was typed, with the state in the address', async () => {
    const { page } = admin;
    await openPage(page, '/transcripts?tz=UTC');
    await page.getByRole('searchbox', { name: 'Search conversations' }).fill('4.21');
    await expect.poll(() => rowsOf(page).count(), PATIENCE).toBe(2);
    expect(new URL(page.url()).searchParams.get('q')).toBe('4.21');
    await openPage(page, '/transcripts?tz=UTC&status=error&errors=rate_limit_exceeded');
    await expect.poll(() => rowsOf(page).count(), PATIENCE).toBe(2);
    await page.getByRole('button', { name: 'Error, duration, cost' }).click();
    await page.getByLabel('A turn slower than, seconds').fill('3600');
    await page.getByRole('button', { name: 'Apply' }).click();
    await page.getByText('No conversation fits').waitFor();
    await page.getByRole('button', { name: 'Clear filters' }).click();
    await expect.poll(() => rowsOf(page).count(), PATIENCE).toBe(6);
  });
});

describe('a conversation', () => {
  it('shows a tool’s result beneath its call, what each turn used, and its raw bytes on demand', async () => {
    const { page } = admin;
    await openPage(page, `/transcripts/${recorded.ids.tools}`);
    await expect.poll(() => turnsIn(page), PATIENCE).toBe(2);
    const [first, second] = [page.getByRole('article').first(), page.getByRole('article').last()];
    await first.getByText('"station": "weir 7"').waitFor();
    await first.getByText('"level_m": 4.21').waitFor();
    // In the chat it stands there alone.
    expect(await second.getByText('"level_m": 4.21').count()).toBe(0);
    expect(await axeFaults(page, 'a chat')).toEqual([]);
    await first.getByRole('button', { name: 'Raw request' }).click();
    await first.getByRole('button', { name: 'Copy as curl' }).waitFor();
    await first.getByText(/Byte for byte/).waitFor();
    await page.getByRole('button', { name: 'Detailed' }).click();
    await page.waitForURL('**view=detailed**');
    await second.getByText('goes on from the turn before').waitFor();
    expect(await faultsOf(page, `/transcripts/${recorded.ids.tools}?view=detailed`)).toEqual([]);
    await page
      .getByRole('link', { name: /receipt of the call/ })
      .first()
      .click();
    await page.waitForURL('**/receipts/**');
    await page.getByRole('link', { name: 'Transcript', exact: true }).click();
    await page.waitForURL(`**/transcripts/${recorded.ids.tools}#turn-*`);
  });

  it('says with the upstream’s own code why it failed', async () => {
    const { page } = admin;
    await openPage(page, `/transcripts/${recorded.ids.failed}`);
    await page.getByRole('alert').getByText('rate_limit_exceeded').waitFor();
    await page.getByRole('article').getByText('HTTP 429').waitFor();
    expect(await axeFaults(page, 'a failure')).toEqual([]);
  });

  it('shows what would run as the text it is, and fetches nothing for it', async () => {
    const { page } = admin;
    const asked: string[] = [];
    page.on('request', (request) => asked.push(request.url()));
    await openPage(page, `/transcripts/${recorded.ids.hostile}`);
    const shown = page.getByRole('article').first();
    await shown.getByText('<script>window.hostile = 1</script>').first().waitFor();
    expect(await shown.textContent()).toContain(HOSTILE.replace('\u202e', '⟨U+202E⟩'));
    expect(await page.evaluate(() => 'hostile' in window)).toBe(false);
    expect(await shown.locator('img, iframe, script, style').count()).toBe(0);
    expect(asked.filter((url) => !url.startsWith(system.consoleUrl))).toEqual([]);
  });

  it('keeps megabytes and thousands of turns out of the document until they are in sight', async () => {
    const { page } = admin;
    await openPage(page, `/transcripts/${recorded.ids.large}`);
    await page.getByRole('button', { name: /^Show \d/ }).click();
    const box = page.getByRole('region', { name: 'Text, scrolls' });
    await box.waitFor();
    expect(await box.locator('div[data-index]').count()).toBeLessThan(200);
    await box.evaluate((element) => element.scrollTo(0, element.scrollHeight));
    await box.getByText('the very end').waitFor();

    await openPage(page, `/transcripts/${recorded.ids.long}?from=newest`);
    await expect.poll(() => turnsIn(page), PATIENCE).toBeGreaterThan(0);
    expect(await turnsIn(page)).toBeLessThan(40);
    await page.getByText(recorded.longTurns.toLocaleString('en-US')).waitFor();
    await page.getByRole('button', { name: 'First turn' }).click();
    await page.waitForURL((url) => !url.search.includes('newest'));
    await settle(page);
    for (let scrolled = 0; scrolled < 5; scrolled++) {
      await page.evaluate(() => window.scrollTo(0, document.documentElement.scrollHeight));
      await expect
        .poll(() => page.getByRole('article').first().getByText('The first of very many').count(), PATIENCE)
        .toBe(1);
    }
    expect(await turnsIn(page)).toBeLessThan(40);
  });

  it('is opened at a turn by a link to it', async () => {
    const { page } = admin;
    const { turns } = await system.console.ask<{ turns: { nodes: { eventId: string }[] } }>(
      'query($id: ID!) { turns(conversationId: $id, first: 150) { nodes { eventId } } }',
      { id: recorded.ids.long },
    );
    const eventId = turns.nodes[140]?.eventId ?? '';
    await openPage(page, `/transcripts/${recorded.ids.long}#turn-${eventId}`);
    await page.locator(`#turn-${eventId}`).waitFor();
    await page.getByRole('button', { name: 'Show earlier turns' }).click();
    await page.locator(`#turn-${turns.nodes[139]?.eventId}`).waitFor();
  });
});

describe('steps that an agent tells of', () => {
  interface Step {
    readonly name: string;
    readonly id: string;
    readonly parent?: string;
    readonly at: number;
    readonly stated: string;
    readonly attributes?: Readonly<Record<string, string>>;
  }

  async function tell(traceId: string, steps: readonly Step[]): Promise<void> {
    const spans = steps.map(({ name, id, parent, at, stated, attributes = {} }) => ({
      ...{
        traceId,
        spanId: id.padStart(16, '0'),
        name,
        startTimeUnixNano: `${at}000000`,
        endTimeUnixNano: `${at + 5}000000`,
      },
      ...(parent && { parentSpanId: parent.padStart(16, '0') }),
      attributes: Object.entries({ 'gen_ai.conversation.id': stated, ...attributes }).map(([key, value]) => ({
        ...{ key, value: { stringValue: value } },
      })),
    }));
    const answer = await fetch(otlp.url, {
      method: 'POST',
      headers: { authorization: `Bearer ${otlp.token}`, 'content-type': 'application/json' },
      body: JSON.stringify({ resourceSpans: [{ scopeSpans: [{ spans }] }] }),
    });
    expect(answer.status).toBe(200);
  }

  it('stand between its turns, with what they hold on demand, and a trace without calls is found by its id', async () => {
    const { page } = admin;
    const { turns } = await system.console.ask<{ turns: { nodes: { startedAt: string }[] } }>(
      'query($id: ID!) { turns(conversationId: $id, first: 2) { nodes { startedAt } } }',
      { id: recorded.ids.tools },
    );
    const at = Date.parse(turns.nodes[0]?.startedAt ?? '');
    const model = {
      'gen_ai.operation.name': 'chat',
      'gen_ai.request.model': 'other-model',
      'gen_ai.usage.input_tokens': '12',
    };
    await tell('1'.repeat(32), [
      {
        name: 'invoke_agent gauger',
        id: '1',
        at,
        stated: 'tools',
        attributes: { 'gen_ai.operation.name': 'invoke_agent' },
      },
      {
        name: 'execute_tool gauge',
        id: '2',
        parent: '1',
        at,
        stated: 'tools',
        attributes: { 'gen_ai.tool.name': 'gauge' },
      },
      { name: 'chat other-model', id: '3', parent: '1', at, stated: 'tools', attributes: model },
    ]);
    await tell('2'.repeat(32), [{ name: 'alone <b>with</b> its trace', id: '4', at, stated: 'without-calls' }]);
    await expect
      .poll(
        async () => (await system.books.ask<{ n: string }>('SELECT toString(count()) AS n FROM spans_v1'))[0]?.n,
        PATIENCE,
      )
      .toBe('4');

    await openPage(page, `/transcripts/${recorded.ids.tools}`);
    const steps = page.getByRole('region', { name: 'Steps of the agent' });
    await steps.getByText('chat other-model').waitFor();
    expect(await steps.count()).toBe(1);
    await steps.getByText('reported by the app, not through Weir').waitFor();
    await steps.getByRole('button', { name: /execute_tool gauge/ }).click();
    await steps.getByText('gen_ai.tool.name').waitFor();
    expect(await axeFaults(page, 'steps of an agent')).toEqual([]);

    await openPage(page, '/transcripts?tz=UTC&q=without-calls');
    await page.getByRole('link', { name: 'alone <b>with</b> its trace' }).click();
    await page.waitForURL(`**/transcripts/traces/${'2'.repeat(32)}`);
    await page.getByRole('heading', { name: 'alone <b>with</b> its trace' }).waitFor();
    expect(await faultsOf(page, `/transcripts/traces/${'2'.repeat(32)}`)).toEqual([]);
  });
});

describe('an export', () => {
  it('is saved by the browser, and an official client sends its lines as they are', async () => {
    const { page } = admin;
    await openPage(page, `/transcripts/${recorded.ids.tools}`);
    await page.getByRole('button', { name: 'More about this conversation' }).click();
    const saved = page.waitForEvent('download');
    await page.getByRole('menuitem', { name: 'OpenAI messages' }).click();
    const lines = (await readFile(await (await saved).path(), 'utf8')).trim().split('\n');
    const [line = ''] = lines;
    expect(lines).toHaveLength(1);
    const params = JSON.parse(line) as OpenAI.ChatCompletionCreateParamsNonStreaming;
    expect(params.messages.map(({ role }) => role)).toEqual(['user', 'assistant', 'tool', 'assistant']);
    const client = new OpenAI({ apiKey: system.upstreamKey, baseURL: `${system.simulator.url}/v1` });
    expect((await client.chat.completions.create(params)).choices).toHaveLength(1);
  });
});

describe('a deletion', () => {
  it('says what it would take, is typed to be meant, and leaves a receipt of every store', async () => {
    const { page } = admin;
    await openPage(page, `/transcripts/${recorded.ids.failed}`);
    await page.getByRole('button', { name: 'More about this conversation' }).click();
    await page.getByRole('menuitem', { name: 'Delete…' }).click();
    await page.waitForURL('**/transcripts/deletions/new**');
    await page.getByText('Would delete 1 turn of 1 conversation').waitFor();
    expect(await axeFaults(page, 'a deletion')).toEqual([]);
    await page.getByLabel('Reason').fill('She asked for it');
    await page.getByRole('button', { name: 'Delete…' }).click();
    await page.getByLabel('Type delete 1 to confirm').waitFor();
    await page.getByLabel('Type delete 1 to confirm').fill('delete 1');
    await page.getByRole('button', { name: 'Delete', exact: true }).click();
    await page.getByRole('heading', { name: 'Receipt of a deletion' }).waitFor({ timeout: 120_000 });
    const turns = page.getByRole('row').filter({ hasText: /^Turns\s*transcript_turns_v1/ });
    expect(await turns.getByRole('cell').allTextContents()).toEqual(['1', '0']);
    expect(await page.getByText('Bytes off the disks').count()).toBe(1);
  });
});

describe('the browser', () => {
  it('had nothing to complain of', () => {
    expect(admin.complaints).toEqual([]);
  });
});
