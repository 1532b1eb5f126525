/// <reference lib="dom" />
import { readFile } from 'node:fs/promises';
import { deriveMasterKey } from '@weir/contracts';
import OpenAI from 'openai';
import type { Browser, CDPSession, Page, Request } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { axeFaults } from './browser/accessibility.js';
import { openChromium } from './browser/chromium.js';
import { openAdmin } from './browser/console-pages.js';
import { faultsOf, openPage, settle } from './browser/screen.js';
import { leavePicture, openVisitor, type Visitor } from './browser/visitor.js';
import { EVIL_HOST, PAYLOADS } from './hostile/payloads.js';
import { recordHostile } from './hostile/record.js';
import { type Watch, watch } from './hostile/watch.js';
import { type System, startSystem } from './system.js';
import { FAILED_TURN, HOSTILE, type Recorded, recordConversations } from './transcript-world.js';

const PATIENCE = { timeout: 30_000, interval: 50 };

let system: System;
let browser: Browser;
let admin: Visitor;
let recorded: Recorded;
let otlp: { readonly url: string; readonly token: string };
let proxyUrl: string;
let token: string;

beforeAll(async () => {
  browser = await openChromium();
  system = await startSystem({ queue: 'redis', web: true });
  await system.console.setUp(system.setupLink);
  const provider = {
    ...{ name: 'openai', displayName: 'OpenAI', type: 'openai', baseUrl: `${system.simulator.url}/v1` },
    ...{ secretId: 'OPENAI_API_KEY', secretValue: system.upstreamKey, models: [] },
  };
  proxyUrl = await system.console.createProvider(provider);
  admin = await openAdmin(browser, system.consoleUrl);
  await openPage(admin.page, '/transcripts');
  await admin.page.getByText('Nothing is recorded', { exact: true }).waitFor();
  await system.console.ask('mutation($input: UpdateProviderInput!) { updateProvider(input: $input) { id } }', {
    input: { name: 'openai', revision: 1, recordInputs: true, recordOutputs: true },
  });
  token = await system.console.createToken(await system.console.createApp('checkout'));
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

/** How often a list is read again. */
const LIST_EVERY_MS = 10_000;

/** A call of a conversation that states its id. */
const say = (call: { conversation: string; model: string; stream?: boolean }, signal?: AbortSignal) =>
  fetch(`${proxyUrl}/v1/chat/completions`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      authorization: `Bearer ${token}`,
      'x-weir-conversation': call.conversation,
    },
    body: JSON.stringify({
      model: call.model,
      stream: call.stream,
      messages: [{ role: 'user', content: 'How high is the water by now?' }],
    }),
    ...(signal && { signal }),
  });

const isStored = (stated: string, turns: number) =>
  expect
    .poll(
      () =>
        system.books.ask(`SELECT 1 FROM transcript_turns_v1 WHERE stated_id = '${stated}' GROUP BY ALL
          HAVING uniqExact(event_id) = ${turns}`),
      PATIENCE,
    )
    .toHaveLength(1);

const onlyTurnOf = async (id: string) => {
  const { turns } = await system.console.ask<{ turns: { nodes: { eventId: string }[] } }>(
    'query($id: ID!) { turns(conversationId: $id, first: 1) { nodes { eventId } } }',
    { id },
  );
  return turns.nodes[0]?.eventId;
};

const rowsOf = (page: Page) => page.getByRole('table', { name: 'Conversations' }).getByRole('row');
const turnsIn = (page: Page) => page.getByRole('article').count();

describe('the list', () => {
  it('is reached by g t, holds every conversation, and is accessible at any width', async () => {
    const { page } = admin;
    await openPage(page, '/');
    await page.keyboard.press('g');
    await page.keyboard.press('t');
    await page.waitForURL('**/transcripts**');
    await expect.poll(() => rowsOf(page).count(), PATIENCE).toBe(7);
    expect(await faultsOf(page, '/transcripts?tz=UTC')).toEqual([]);
  });

  it('goes on with the clock where its range does, and has every figure in sight on a laptop', async () => {
    const { page } = admin;
    const askedUntil: string[] = [];
    const note = (request: Request) => {
      const { operationName, variables } = request.postDataJSON() ?? {};
      if (operationName === 'Conversations') askedUntil.push(variables.filter.to);
    };
    await openPage(page, '/transcripts?tz=UTC');
    expect(await page.getByRole('region', { name: 'Conversations, scrolls' }).count()).toBe(0);
    await page.setViewportSize({ width: 390, height: 800 });
    const status = await page.getByRole('columnheader', { name: 'Status' }).boundingBox();
    expect((status?.x ?? 0) + (status?.width ?? 0)).toBeLessThanOrEqual(390);
    await page.setViewportSize({ width: 1280, height: 800 });

    const clocked = await admin.context.newPage();
    await clocked.clock.install();
    clocked.on('request', note);
    await openPage(clocked, '/transcripts?tz=UTC');
    await clocked.clock.fastForward('01:00:00');
    await expect.poll(() => new Set(askedUntil).size, PATIENCE).toBe(2);
    await clocked.close();
  });

  it('leads to what is recorded of each provider, in one place', async () => {
    const { page } = admin;
    await openPage(page, '/transcripts');
    await page.getByRole('link', { name: 'Recording' }).click();
    await page.waitForURL('**/transcripts/recording');
    const rows = page.getByRole('table', { name: 'What is recorded' }).getByRole('row');
    await expect
      .poll(() => rows.nth(1).getByRole('cell').allTextContents(), PATIENCE)
      .toEqual([...['OpenAI', 'Recorded', 'Recorded', '30', '5.0 MiB', 'every call', 'nothing']]);
    expect(await faultsOf(page, '/transcripts/recording')).toEqual([]);
  });

  it('finds by what was said, by status, and by what was typed, with the state in the address', async () => {
    const { page } = admin;
    await openPage(page, '/transcripts?tz=UTC');
    await page.getByRole('searchbox', { name: 'Search conversations' }).fill('4.21');
    await expect.poll(() => rowsOf(page).count(), PATIENCE).toBe(3);
    expect(new URL(page.url()).searchParams.get('q')).toBe('4.21');
    await openPage(page, '/transcripts?tz=UTC&status=error&errors=rate_limit_exceeded');
    await expect.poll(() => rowsOf(page).count(), PATIENCE).toBe(2);
    await page.getByRole('button', { name: 'Error, duration, cost' }).click();
    await page.getByLabel('A turn slower than, seconds').fill('3600');
    await page.getByRole('button', { name: 'Apply' }).click();
    await page.getByText('No conversation fits').waitFor();
    await page.getByRole('status').filter({ hasText: 'No conversations' }).waitFor({ state: 'attached' });
    await page.getByRole('button', { name: 'Clear filters' }).click();
    await expect.poll(() => rowsOf(page).count(), PATIENCE).toBe(7);
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
    // What screen readers go by.
    expect(await page.getByRole('main').getByRole('heading', { level: 2 }).allTextContents()).toEqual([
      'Turn 1',
      'Turn 2',
    ]);
    const roles = await first.getByRole('heading', { level: 3 }).allTextContents();
    expect(roles.slice(0, 2)).toEqual(['User', 'Assistant']);
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
    await page.locator('dl').getByText(recorded.longTurns.toLocaleString('en-US')).waitFor();
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
    // As from elsewhere: on the page itself, what is loaded already is gone to.
    await openPage(page, '/transcripts');
    await openPage(page, `/transcripts/${recorded.ids.long}#turn-${eventId}`);
    await page.locator(`#turn-${eventId}`).waitFor();
    await page.locator(`#turn-${turns.nodes[139]?.eventId}`).waitFor();
    await page.evaluate(() => window.scrollTo(0, 0));
    await page.getByRole('button', { name: 'Show earlier turns' }).click();
    await page.locator(`#turn-${turns.nodes[129]?.eventId}`).waitFor();
  });

  it('stands at the last turn a link names, though its words make the page longer than it was', async () => {
    const { page } = admin;
    const { turns } = await system.console.ask<{ turns: { nodes: { eventId: string }[] } }>(
      'query($id: ID!) { turns(conversationId: $id, first: 1, order: newest) { nodes { eventId } } }',
      { id: recorded.ids.agents },
    );
    const eventId = turns.nodes[0]?.eventId ?? '';
    await openPage(page, '/transcripts');
    await openPage(page, `/transcripts/${recorded.ids.agents}?view=detailed#turn-${eventId}`);
    await page.locator(`#turn-${eventId}`).getByText('Open the lower gate', { exact: true }).waitFor();
    const belowPx = () =>
      page.locator(`#turn-${eventId}`).evaluate((turn) => {
        const { top, bottom } = turn.getBoundingClientRect();
        return { isBegun: top >= 0, pastTheEnd: Math.max(0, Math.round(bottom - window.innerHeight)) };
      });
    await expect.poll(belowPx, PATIENCE).toEqual({ isBegun: true, pastTheEnd: 0 });
  });
});

describe('the ways through a conversation', () => {
  const turn = (page: Page, number: number) =>
    page
      .getByRole('article')
      .filter({ has: page.getByText(`Turn ${number.toLocaleString('en-US')}`, { exact: true }) });
  const marks = (page: Page) => page.evaluate(() => CSS.highlights.get('weir-found')?.size ?? 0);

  it('lead to the failed turn of twenty thousand at once, and by keys along the timeline', async () => {
    const { page } = admin;
    await openPage(page, `/transcripts/${recorded.ids.long}`);
    await page.getByRole('alert').getByRole('button', { name: 'Go to the failed turn' }).click();
    await turn(page, FAILED_TURN).getByText('context_length_exceeded').waitFor();
    await page.waitForURL('**#turn-*');
    const strip = page.getByRole('slider', { name: 'Turns over time' });
    expect(await strip.getAttribute('aria-valuetext')).toContain('failed: context_length_exceeded');
    expect(await strip.locator('path').count()).toBeLessThan(50);
    // It stands above; beneath the bar that stays in sight, axe takes what is hidden for what can be pressed.
    await page.keyboard.press('Home');
    await expect.poll(() => page.evaluate(() => window.scrollY), PATIENCE).toBe(0);
    expect(await axeFaults(page, 'a timeline')).toEqual([]);
    await strip.focus();
    await page.keyboard.press('End');
    await page.keyboard.press('ArrowLeft');
    await page.keyboard.press('Enter');
    await turn(page, recorded.longTurns - 1).waitFor();
    await page.getByRole('button', { name: 'Previous failed turn' }).click();
    await turn(page, FAILED_TURN).waitFor();
    await page.goBack();
    await turn(page, recorded.longTurns - 1).waitFor();
  });

  it('lead into a part of the timeline and out of it again, by dragging and by keys', async () => {
    const { page } = admin;
    await openPage(page, `/transcripts/${recorded.ids.long}`);
    const timeline = page.getByRole('region', { name: 'Timeline' });
    const strip = timeline.getByRole('slider', { name: 'Turns over time' });
    const inSight = async () =>
      Number(((await timeline.getByRole('status').textContent()) ?? '').replaceAll(',', '').split(' ')[0]);
    const box = (await strip.boundingBox()) ?? { x: 0, y: 0, width: 0, height: 0 };
    await page.mouse.move(box.x + box.width * 0.6, box.y + 12);
    await page.mouse.down();
    await page.mouse.move(box.x + box.width * 0.65, box.y + 12, { steps: 4 });
    await page.mouse.up();
    await expect.poll(inSight, PATIENCE).toBeGreaterThan(900);
    expect(await inSight()).toBeLessThan(1_100);
    // Drawn over, not clicked at.
    expect(new URL(page.url()).hash).toBe('');
    await strip.focus();
    await page.keyboard.press('+');
    await expect.poll(inSight, PATIENCE).toBeLessThan(600);
    expect(await axeFaults(page, 'a part of a timeline')).toEqual([]);
    await page.keyboard.press('0');
    await expect.poll(() => timeline.getByRole('status').textContent(), PATIENCE).toBe('');
    expect(await timeline.getByRole('button', { name: 'Zoom out' }).isDisabled()).toBe(true);
  });

  it('find words in all of it, count the turns, and mark the words where they are', async () => {
    const { page } = admin;
    await openPage(page, `/transcripts/${recorded.ids.long}`);
    await page.keyboard.press('/');
    await page.keyboard.type('very MANY');
    await page.getByText(`${recorded.longTurns.toLocaleString('en-US')} turns`, { exact: true }).waitFor();
    await page.keyboard.press('Shift+Enter');
    await turn(page, recorded.longTurns).waitFor();
    await page.getByText(`20,000 of 20,000 turns`).waitFor();
    await expect.poll(() => marks(page), PATIENCE).toBeGreaterThan(1);
    await openPage(page, `/transcripts/${recorded.ids.agents}?q=upper%20gate`);
    await page.getByText('1 turn', { exact: true }).waitFor();
    await expect.poll(() => marks(page), PATIENCE).toBeGreaterThan(1);
    // Instructions are not part of the chat, unless what is looked for stands in them.
    expect(await page.getByText('You lead the night watch.').count()).toBe(0);
    await page.getByRole('searchbox', { name: 'Find in this conversation' }).fill('night');
    await page.getByText('You lead the night watch.').waitFor();
    await page.getByRole('searchbox', { name: 'Find in this conversation' }).fill('nowhere');
    await page.getByText('no turn has these words').waitFor();
  });

  it('show which turn goes on from which, and fold what a sub-agent did', async () => {
    const { page } = admin;
    await openPage(page, `/transcripts/${recorded.ids.agents}`);
    await turn(page, 2).getByText('started by turn 1').waitFor();
    await turn(page, 4).getByText('goes on from turn 1').waitFor();
    await turn(page, 6).getByText('Fork of turn 4').waitFor();
    await turn(page, 2).getByRole('button', { name: 'Fold its 1 further turn' }).click();
    await turn(page, 3).waitFor({ state: 'detached' });
    await turn(page, 4).getByRole('link', { name: 'turn 1' }).click();
    await page.waitForURL('**#turn-*');
    expect(await axeFaults(page, 'a conversation of agents')).toEqual([]);
  });

  it('compare the prompts of any two turns: messages, instructions and parameters', async () => {
    const { page } = admin;
    await openPage(page, `/transcripts/${recorded.ids.agents}`);
    await turn(page, 6).getByRole('button', { name: 'Compare prompt' }).click();
    const diff = page.getByRole('region', { name: 'Comparison of prompts' });
    await diff.getByText('3 messages the same').waitFor();
    await diff.getByText('Open the lower gate').waitFor();
    await diff.getByLabel('Before: number of the turn').fill('5');
    await page.keyboard.press('Enter');
    await diff.locator('ins', { hasText: 'Open' }).waitFor();
    await diff.locator('del', { hasText: 'night' }).waitFor();
    const parameters = diff.getByRole('region', { name: 'Parameters' });
    expect(await parameters.locator('del, ins').allTextContents()).toEqual(['0.2', '0.9']);
    await diff.getByRole('status').getByText('3 changes').waitFor();
    await page.keyboard.press('n');
    await page.keyboard.press('n');
    expect(await page.evaluate(() => document.activeElement?.getAttribute('aria-label'))).toBe('Changed');
    expect(await faultsOf(page, page.url())).toEqual([]);
    await diff.locator('del', { hasText: 'night' }).waitFor();
    await diff.getByRole('button', { name: 'Close' }).click();
    await turn(page, 6).waitFor();
    await page.waitForURL((url) => !url.search.includes('diff') && url.hash.startsWith('#turn-'));
    // Neither comes back when the address has settled, and the way back leads to the comparison.
    await settle(page);
    expect([new URL(page.url()).search, new URL(page.url()).hash.length]).toEqual(['', '#turn-'.length + 36]);
    await page.goBack();
    await diff.waitFor();
  });
});

describe('a turn that is run again', () => {
  it('stands in the Test panel with its whole request, ids alone in the address, and is changed and sent from there', async () => {
    const { page } = admin;
    await openPage(page, `/transcripts/${recorded.ids.failed}`);
    await page.getByRole('article').getByRole('link', { name: 'Run again' }).click();
    await page.waitForURL(`**/providers/openai?turn=${recorded.ids.failed}..*`);
    expect(page.url()).not.toMatch(/Too|much/);
    const panel = page.getByRole('region', { name: 'Request of a turn' });
    const body = panel.getByLabel('Body');
    await body.waitFor();
    const request = JSON.parse(await body.inputValue());
    expect(request).toEqual({ model: 'sim-429', messages: [{ role: 'user', content: 'Too much at once' }] });
    expect(await faultsOf(page, page.url())).toEqual([]);
    await panel.getByRole('button', { name: 'Run again' }).click();
    await panel.getByText('HTTP 429').waitFor();
    await body.fill('{"model":');
    await panel.getByText('This is not JSON yet.').waitFor();
    await body.fill(JSON.stringify({ ...request, model: 'gpt-4o' }));
    await panel.getByRole('button', { name: 'Run again' }).click();
    await panel.getByText(/gpt-4o answered/).waitFor();
    await panel.getByText('Assistant', { exact: true }).waitFor();
    await panel.getByText(/HTTP 200 · .* in, .* out/).waitFor();
    await openPage(page, `/providers/openai?turn=${recorded.ids.large}..${await onlyTurnOf(recorded.ids.large)}`);
    await panel.getByText(/^1 message of 1 left out: the oldest, 4\.\d MiB$/).waitFor();
  });
});

describe('recording that does not keep up', () => {
  it('is said on the list and on Home, with why and what to do', async () => {
    const { page } = admin;
    await openPage(page, '/transcripts');
    expect(await page.getByRole('region', { name: 'State of recording' }).count()).toBe(0);
    const nowMs = Date.now();
    const transcripts = {
      ...{ recorded: 9, dropped: { spool_full: 12 }, startedAtMs: nowMs - 600_000 },
      ...{ spoolBytes: 3 * 1024 ** 2, spoolMaxBytes: 4 * 1024 ** 2, waitsSinceMs: nowMs - 300_000 },
    };
    const idle = { proxyId: 'far-away', snapshotVersion: 0, snapshotAgeMs: 0, inFlight: 0, journals: [] };
    const answer = await fetch(`${system.internalUrls['control-plane']}/door/v1/heartbeat`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${deriveMasterKey(system.masterKey).doorToken}`,
        'content-type': 'application/json',
      },
      body: JSON.stringify({ ...idle, transcripts }),
    });
    expect(answer.status).toBe(204);
    await openPage(page, '/transcripts');
    const state = page.getByRole('region', { name: 'State of recording' });
    await state.getByText('12 calls of the last day were not recorded: the spool of a proxy was full').waitFor();
    // It has told so once, and by now it may be silent.
    await state.getByText(/3\.0 MiB .*wait/).waitFor();
    expect(await axeFaults(page, 'recording that is behind')).toEqual([]);
    await openPage(page, '/');
    await page.getByText('12 calls of the last day were not recorded: the spool of a proxy was full').waitFor();
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

describe('a list that stands open', () => {
  it('keeps its rows where they are while calls arrive, and shows what is newer when it is wanted', async () => {
    const page = await admin.context.newPage();
    await page.clock.install();
    await openPage(page, '/transcripts?tz=UTC');
    const hrefs = () =>
      rowsOf(page)
        .getByRole('link')
        .evaluateAll((links) => links.map((link) => new URL((link as HTMLAnchorElement).href).pathname));
    const before = await hrefs();
    await say({ conversation: 'arrived', model: 'gpt-4o' });
    await isStored('arrived', 1);
    await page.clock.fastForward(LIST_EVERY_MS);
    const show = page.getByRole('button', { name: 'Show 1 newer' });
    await show.waitFor();
    expect(await hrefs()).toEqual(before);
    expect(await axeFaults(page, 'a list with newer conversations')).toEqual([]);
    await show.click();
    await expect.poll(async () => (await hrefs()).slice(1), PATIENCE).toEqual(before);
    expect(await show.count()).toBe(0);
    await page.close();
  });

  it('says since when it is old while the control plane does not answer, as a conversation does, and goes on by itself', async () => {
    const pages = [];
    for (const path of ['/transcripts?tz=UTC', `/transcripts/${recorded.ids.tools}`]) {
      const page = await admin.context.newPage();
      await page.clock.install();
      await openPage(page, path);
      pages.push(page);
    }
    const pid = system.supervisor.pidOf('control-plane');
    process.kill(pid, 'SIGSTOP');
    try {
      for (const page of pages) await page.clock.fastForward(LIST_EVERY_MS);
      for (const page of pages) {
        const connection = page.getByRole('status', { name: 'Connection' });
        await page.clock.fastForward(LIST_EVERY_MS);
        await connection.getByText(/^No answer from the control plane since .* UTC/).waitFor();
        expect(await axeFaults(page, 'a page that is not renewed')).toEqual([]);
      }
      expect(await rowsOf(pages[0] as Page).count()).toBeGreaterThan(1);
    } finally {
      process.kill(pid, 'SIGCONT');
    }
    for (const page of pages) {
      await page.getByText('The control plane answers again.').waitFor({ state: 'attached' });
      await settle(page);
      expect(await page.getByRole('alert').filter({ hasText: 'did not answer' }).count()).toBe(0);
      await page.close();
    }
  });
});

describe('what is not whole, or not known', () => {
  it('is said: an answer that its app did not wait for, and a cost of which nothing is known but what was free', async () => {
    const { page } = admin;
    const leaving = new AbortController();
    const answer = await say({ conversation: 'left-early', model: 'sim-stream-100', stream: true }, leaving.signal);
    await answer.body?.getReader().read();
    leaving.abort();
    for (const model of ['sim-429', 'sim-slow-1']) await say({ conversation: 'no-price', model });
    await isStored('left-early', 1);
    await isStored('no-price', 2);
    await system.settled();
    await openPage(page, '/transcripts?tz=UTC&q=no-price');
    await expect.poll(() => rowsOf(page).last().textContent(), PATIENCE).toContain('unpriced');
    expect(await rowsOf(page).last().textContent()).not.toContain('$0');
    await openPage(page, '/transcripts?tz=UTC&q=left-early');
    await rowsOf(page).last().getByRole('link').click();
    await page.getByRole('article').getByText('Client closed').waitFor();
  });

  it('can be told apart in colours that are forced', async () => {
    const { page } = admin;
    await page.emulateMedia({ forcedColors: 'active' });
    await openPage(page, `/transcripts/${recorded.ids.failed}`);
    // What is computed is not what is seen, unless the element is let off.
    const letOff = (name: string) =>
      page.getByRole('button', { name, exact: true }).evaluate((button) => {
        const { forcedColorAdjust, backgroundColor } = getComputedStyle(button);
        return forcedColorAdjust === 'none' && backgroundColor;
      });
    expect(await letOff('Chat')).toMatch(/^rgb/);
    expect(await letOff('Detailed')).toBe(false);
    const banner = page.getByRole('alert').filter({ hasText: 'rate_limit_exceeded' });
    expect(await banner.evaluate((element) => getComputedStyle(element).borderTopWidth)).toBe('1px');
    await page.emulateMedia({ forcedColors: 'none' });
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

describe('three hundred texts that would do harm', () => {
  let guard: Watch;
  let ids: { said: string; named: string };
  /** So tall that everything that was said is in sight at once. */
  const TALL_PX = 60_000;
  let tall: CDPSession | null = null;
  beforeAll(async () => {
    ids = await recordHostile(system, proxyUrl, token, recorded.ids.failed);
    guard = await watch(admin.context, system.consoleUrl);
  }, 120_000);
  /** Of the usual size again. */
  const shrink = async (page: Page) => {
    await tall?.detach();
    tall = null;
    await page.setViewportSize({ width: 1280, height: 800 });
  };
  afterAll(() => shrink(admin.page));

  const harmOn = async (page: Page, path: string, isShown: () => Promise<boolean>, heightPx = TALL_PX) => {
    await shrink(page);
    await openPage(page, path);
    // Nobody looks at its pixels: a tenth of them each way is drawn.
    const metrics = { width: 1280, height: heightPx, deviceScaleFactor: 0.1, mobile: false };
    tall = await page.context().newCDPSession(page);
    await tall.send('Emulation.setDeviceMetricsOverride', metrics);
    await expect.poll(isShown, PATIENCE).toBe(true);
    await settle(page);
    return [...guard.harm(), ...(await guard.strangeOn(page))];
  };

  it('are caught by the same eyes where a page takes them for markup', async () => {
    expect(new Set(PAYLOADS).size).toBeGreaterThan(300);
    const victim = await openVisitor(browser, system.consoleUrl);
    const eyes = await watch(victim.context, system.consoleUrl);
    const markup = `<main><script>canary()</script><img src="http://${EVIL_HOST}/x.png" onerror=canary()>
      <a href="javascript:canary()">a</a><p style="background:url(//${EVIL_HOST}/y)">b</main>`;
    await victim.page.route('**/trusting', (route) => route.fulfill({ contentType: 'text/html', body: markup }));
    await victim.page.route(`http://${EVIL_HOST}/**`, (route) => route.abort());
    await victim.page.goto('/trusting');
    await expect.poll(() => eyes.strangeOn(victim.page), PATIENCE).toHaveLength(5);
    const harm = eyes.harm();
    expect(harm.filter((one) => one === 'a script ran')).toHaveLength(2);
    expect(harm.filter((one) => one.startsWith('a request'))).toHaveLength(2);
    await openPage(victim.page, '/signin');
    await victim.page.evaluate(() => {
      document.body.innerHTML = '<main><img src="http://evil.example/x.png" onerror="canary()"></main>';
    });
    await expect.poll(() => eyes.harm().join(), PATIENCE).toContain('stopped by the policy: img-src');
    await victim.context.close();
  });

  it('are text as what was said, with marks drawn and in raw bytes', async () => {
    const { page } = admin;
    const whole = (text: string) => async () => ((await page.locator('main').textContent()) ?? '').includes(text);
    const everything = `/transcripts/${ids.said}?view=detailed&text=markdown`;
    expect(await harmOn(page, everything, whole(`part ${PAYLOADS.length}`))).toEqual([]);
    for (const folded of await page.locator('main details').all()) {
      await folded.evaluate((element: HTMLDetailsElement) => {
        element.open = true;
      });
    }
    for (const raw of await page.getByRole('button', { name: 'Raw request' }).all()) await raw.click();
    await expect.poll(() => page.getByRole('button', { name: 'Copy as curl' }).count(), PATIENCE).toBeGreaterThan(1);
    expect([...guard.harm(), ...(await guard.strangeOn(page))]).toEqual([]);
  });

  it('are text where words are found in them, and where prompts are compared', async () => {
    const { page } = admin;
    const isMarked = () => page.evaluate(() => (CSS.highlights.get('weir-found')?.size ?? 0) > 100);
    const marked = `/transcripts/${ids.said}?view=detailed&q=canary%20%3Cscript%3E.*`;
    expect(await harmOn(page, marked, isMarked)).toEqual([]);
    await page.getByRole('button', { name: 'Compare prompt' }).last().click();
    const diff = page.getByRole('region', { name: 'Comparison of prompts' });
    await diff.getByRole('article', { name: 'Changed' }).nth(20).waitFor();
    expect([...guard.harm(), ...(await guard.strangeOn(page))]).toEqual([]);
  });

  it('are text as names of models, users, agents, errors, ids and titles, in lists and turns', async () => {
    const { page } = admin;
    const inTurns = async () => (await turnsIn(page)) > 25;
    expect(await harmOn(page, `/transcripts/${ids.named}?view=detailed`, inTurns, TALL_PX / 4)).toEqual([]);
    await shrink(page);
    let listed = 0;
    await openPage(page, '/transcripts?tz=UTC&rows=100');
    for (let isLast = false; !isLast; ) {
      await expect.poll(() => rowsOf(page).count(), PATIENCE).toBeGreaterThan(1);
      await settle(page);
      listed += (await rowsOf(page).count()) - 1;
      expect([...guard.harm(), ...(await guard.strangeOn(page))]).toEqual([]);
      const next = page.getByRole('button', { name: 'Next' });
      isLast = (await next.count()) === 0 || (await next.isDisabled());
      if (!isLast) {
        const [before] = await rowsOf(page).nth(1).allTextContents();
        await next.click();
        await expect.poll(async () => (await rowsOf(page).nth(1).allTextContents())[0], PATIENCE).not.toBe(before);
      }
    }
    expect(listed).toBeGreaterThan(PAYLOADS.length);
  });
});

describe('a deletion', () => {
  it('says what it would take, is typed to be meant, and leaves a receipt of every store', async () => {
    const { page } = admin;
    await openPage(page, `/transcripts/${recorded.ids.failed}`);
    await page.getByRole('button', { name: 'More about this conversation' }).click();
    const failedTurn = await onlyTurnOf(recorded.ids.failed);
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
    // Beside the proxy of this system, whose calls are stored by now, one that another test let report.
    await page.getByRole('heading', { name: 'Spools of proxies' }).waitFor();
    const spools = page.getByRole('table').filter({ hasText: 'Waited on its disk' });
    expect(await spools.getByRole('row').count()).toBeGreaterThanOrEqual(2);
    expect(await axeFaults(page, 'a receipt')).toEqual([]);
    // A link that somebody kept to its turn leads to what stays of it.
    await openPage(page, `/transcripts/${recorded.ids.failed}#turn-${failedTurn}`);
    await page.getByRole('heading', { name: 'Nothing is kept under this id' }).waitFor();
    await page.getByRole('link', { name: 'Receipt of the call' }).click();
    await page.waitForURL(`**/receipts/${failedTurn}`);
    await page.getByText('rate_limit_exceeded').first().waitFor();
  });
});

describe('the browser', () => {
  it('had nothing to complain of', () => {
    expect(admin.complaints).toEqual([]);
  });
});
