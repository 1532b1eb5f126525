import { parseUsd } from '@weir/contracts';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { axeFaults } from './browser/accessibility.js';
import { openChromium } from './browser/chromium.js';
import { ADMIN, codeOf, dialog, field, openAdmin, rowOf, section } from './browser/console-pages.js';
import { focused, invisibleStops } from './browser/focus.js';
import { faultsOf, openPage } from './browser/screen.js';
import { paste } from './browser/shell.js';
import { leavePicture, type Visitor } from './browser/visitor.js';
import { sendLoad } from './load.js';
import { type System, startSystem } from './system.js';

const MODELS = ['gpt-4o', 'gpt-4o-mini', 'no-such-price-model', 'accounts/acme/models/house:v1'];
const CALLS = 24;
const MODELS_TAB = '/providers/openai-main?tab=models';
const MODEL_PAGE = '/providers/openai-main/models/gpt-4o';
const UNKNOWN_PAGE = '/providers/openai-main/models/accounts/acme/models/house:v1';
const CONNECT_TAB = '/providers/openai-main?tab=connect';

let system: System;
let browser: Browser;
let admin: Visitor;
let proxyUrl = '';
let token = '';

beforeAll(async () => {
  browser = await openChromium();
  system = await startSystem({ queue: 'redis', web: true });
  await system.console.setUp(system.setupLink);
  proxyUrl = await system.console.createProvider({
    ...{ name: 'openai-main', displayName: 'OpenAI', type: 'openai', baseUrl: `${system.simulator.url}/v1` },
    ...{ secretId: 'OPENAI_API_KEY', secretValue: system.upstreamKey, models: [] },
  });
  await system.console.createProvider({
    ...{
      name: 'bedrock-main',
      displayName: 'Bedrock',
      type: 'bedrock',
      baseUrl: 'https://bedrock-runtime.eu-west-1.amazonaws.com',
    },
    ...{ credentialKind: 'aws_default_chain', settings: [{ name: 'region', value: 'eu-west-1' }], models: [] },
  });
  token = await system.console.createToken(await system.console.createApp('checkout'));
  await system.configured();
  await load(CALLS);
  admin = await openAdmin(browser, system.consoleUrl);
});
afterAll(async () => {
  await browser?.close();
  await system?.end();
});
beforeEach(({ onTestFailed }) => {
  onTestFailed(() => leavePicture(admin));
});

async function load(calls: number): Promise<void> {
  await sendLoad({
    ...{ proxyUrl, token, calls, concurrency: 4 },
    model: (index) => MODELS[index % MODELS.length] ?? '',
    isStream: () => false,
    isAborted: () => false,
  });
  await system.settled();
}

const open = (path: string): Promise<Page> => openPage(admin.page, path);

/** The rows of the Models tab by model, once its figures are there. */
async function modelRows(page: Page): Promise<Record<string, Record<string, string>>> {
  const table = page.getByRole('table', { name: 'Models' });
  await table.getByRole('link').first().waitFor();
  const count = (await table.getByRole('row').count()) - 1;
  const rows = await Promise.all(Array.from({ length: count }, (_, index) => rowOf(table, index)));
  return Object.fromEntries(rows.map((row) => [row.Model ?? '', row]));
}

describe('the screens of models, prices and connecting', () => {
  it.each([
    MODELS_TAB,
    MODEL_PAGE,
    UNKNOWN_PAGE,
    '/providers/no-such-provider/models/gpt-4o',
    CONNECT_TAB,
    '/providers/bedrock-main?tab=connect',
    '/providers/bedrock-main?tab=settings',
  ])('%s is accessible in both themes, keeps still and fits from 390 to 2560 px', async (path) => {
    expect(await faultsOf(admin.page, path)).toEqual([]);
  });

  it('never leave a person at the keyboard without knowing where they are', async () => {
    for (const path of [MODELS_TAB, MODEL_PAGE, CONNECT_TAB]) {
      expect(await invisibleStops(await open(path), 30), path).toEqual([]);
    }
  });
});

describe('the Models tab', () => {
  it('shows rates, calls, tokens and spend per model, and says what has no price', async () => {
    const rows = await modelRows(await open(MODELS_TAB));
    expect(Object.keys(rows).sort()).toEqual([
      'accounts/acme/models/house:v1no price',
      'gpt-4o',
      'gpt-4o-mini',
      'no-such-price-modelno price',
    ]);
    expect(rows['gpt-4o']).toMatchObject({ 'Input $/1M': '$2.50', 'Output $/1M': '$10.00', Requests: '6' });
    expect(rows['no-such-price-modelno price']).toMatchObject({
      ...{ 'Input $/1M': 'unpriced', Requests: '6', Spend: '6 calls unpriced' },
    });
  });

  it('leads to the page of a model whose id holds slashes and a colon', async () => {
    const page = await open(MODELS_TAB);
    await page.getByRole('link', { name: /house:v1/ }).click();
    await page.waitForURL(`**${UNKNOWN_PAGE}`);
    await page.getByRole('heading', { level: 1, name: 'accounts/acme/models/house:v1' }).waitFor();
    await page.getByText('The catalog does not know this model.').waitFor();
  });
});

describe('overriding a price', () => {
  it('keeps catalog, free and custom apart, warns of a price per token and shows what it will cost', async () => {
    const page = await open(MODELS_TAB);
    await page.getByRole('button', { name: 'Override prices of gpt-4o', exact: true }).click();
    const form = dialog(page, 'Override prices');
    await form.getByText('Still needed: a change').waitFor();
    const input = field(form, 'Input');
    expect(await input.getAttribute('placeholder')).toBe('2.50');
    const kinds = () => form.getByText(/^(catalog|free|custom)$/).allTextContents();
    expect(await kinds()).toEqual(['catalog', 'catalog', 'catalog', 'catalog', 'catalog']);

    await field(form, 'Output').fill('0.00001');
    await form.getByText(/looks like a price for one token/).waitFor();
    expect(await axeFaults(page, 'override dialog')).toEqual([]);
    await field(form, 'Output').fill('ten');
    await input.focus();
    await form.getByText('Enter the price of 1M tokens, for example 2.5.').waitFor();
    await form.getByText('Still needed: rates that can be read').waitFor();
    await form.getByRole('button', { name: 'Reset Output to the catalog' }).click();

    await input.fill('2');
    await field(form, 'Cached input').fill('0');
    expect(await kinds()).toEqual(['custom', 'catalog', 'free', 'catalog', 'catalog']);
    await form.getByText('1M input + 1M output tokens cost $12.00 instead of $12.50.').waitFor();
    await form.getByText('Applies to calls from now on').waitFor();
    await form.getByRole('button', { name: 'Save prices' }).click();
    await form.waitFor({ state: 'detached' });
    await expect.poll(async () => (await focused(page)).inDialog).toBe(false);
    await page.getByRole('row', { name: /gpt-4o overridden/ }).waitFor();
  });

  it('is told by the rate card, with the source of each rate and who changed what', async () => {
    const page = await open(MODEL_PAGE);
    const card = page.getByRole('table', { name: 'Rate card' });
    const row = (bucket: string) => card.getByRole('row', { name: new RegExp(`^${bucket}`) });
    await row('Input').getByText('$2.00').first().waitFor();
    expect(await row('Input').getByRole('cell').allTextContents()).toEqual([
      ...['$2.50', '$2.00', '$2.00'],
      expect.stringMatching(/as of \d+ \w+ \d{4}$/),
    ]);
    expect((await row('Cached input').getByRole('cell').allTextContents()).slice(0, 3)).toEqual([
      ...['$1.25', 'free', 'free'],
    ]);
    expect(await row('Output').getByRole('link').getAttribute('href')).toMatch(/^https:\/\//);
    await page.getByText('Input $2.00, Cached input free').waitFor();
    await page.getByRole('listitem').filter({ hasText: ADMIN.email }).first().waitFor();
    const usage = page.getByRole('main').getByRole('link', { name: 'Cost & Usage' });
    expect(await usage.getAttribute('href')).toBe('/usage?groupBy=token_type&providers=openai-main&models=gpt-4o');
  });

  it('prices calls from then on, and leaves earlier ones as they were', async () => {
    const costs = async () => {
      const { calls } = await system.console.ask<{ calls: { nodes: { rating: { lines: Line[] } | null }[] } }>(
        '{ calls(filter: { models: ["gpt-4o"] }) { nodes { rating { lines { bucket usdPerMillion source } } } } }',
      );
      return calls.nodes.flatMap(({ rating }) => rating?.lines.filter(({ bucket }) => bucket === 'input') ?? []);
    };
    await system.configured();
    await load(MODELS.length);
    await expect.poll(async () => (await costs()).length, { timeout: 30_000 }).toBe(CALLS / MODELS.length + 1);
    const rates = (await costs()).map(({ usdPerMillion }) => parseUsd(usdPerMillion)).sort();
    expect(rates).toEqual([parseUsd('2'), ...Array(CALLS / MODELS.length).fill(parseUsd('2.5'))]);
  });

  it('is taken back field by field, and the history keeps both', async () => {
    const page = await open(MODEL_PAGE);
    await page.getByRole('button', { name: 'Override prices' }).click();
    const form = dialog(page, 'Override prices');
    await form.getByRole('button', { name: 'Reset Input to the catalog' }).click();
    await form.getByRole('button', { name: 'Reset Cached input to the catalog' }).click();
    await form.getByText('1M input + 1M output tokens cost $12.50, as in the catalog.').waitFor();
    await form.getByRole('button', { name: 'Save prices' }).click();
    await form.waitFor({ state: 'detached' });
    await page.getByText('Cleared: every rate is the catalog’s').waitFor();
    await page.getByText('Input $2.00, Cached input free').waitFor();
  });
});

interface Line {
  readonly bucket: string;
  readonly usdPerMillion: string;
  readonly source: string;
}

describe('the model picker', () => {
  it('finds, filters, takes any id typed or pasted, and says what an empty choice means', async () => {
    const page = await open('/providers/openai-main?tab=settings');
    const search = page.getByRole('combobox', { name: 'Find or type a model' });
    const list = page.getByRole('listbox', { name: 'Models' });
    await page.getByText('None chosen: every model the upstream offers may be called').waitFor();
    await list.getByRole('option').nth(5).waitFor();
    expect(await list.getByRole('option').count()).toBeLessThan(40);

    await search.fill('gpt-4o-mini');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Chosen 1', exact: true }).waitFor();
    expect(await search.inputValue()).toBe('');
    await search.fill('ft:gpt-4o:acme::1');
    await page.keyboard.press('Enter');
    await page.getByText('Only these 2 models may be called; any other is refused.').waitFor();
    await page.getByRole('button', { name: 'Paste ids' }).click();
    await field(page, 'Model ids').fill('- house-a\nhouse-b, gpt-4o-mini');
    await page.getByRole('button', { name: 'Add 3 models' }).click();
    await page.getByText('Only these 4 models may be called; any other is refused.').waitFor();
    expect(await list.getByRole('option').count()).toBe(4);
    expect(await axeFaults(page, 'model picker')).toEqual([]);
    await page.getByRole('button', { name: 'Remove all' }).click();
    await page.getByText('None chosen').first().waitFor();
  });

  it('groups Bedrock by family and replaces an id that needs an inference profile', async () => {
    const { catalogModels } = await system.console.ask<{ catalogModels: { id: string; profiles: string[] }[] }>(
      '{ catalogModels(type: "bedrock", first: 500) { id needsInferenceProfile profiles } }',
    );
    const bare = catalogModels.find(({ profiles }) => profiles.some((profile) => profile.startsWith('eu.')));
    const profile = bare?.profiles.find((id) => id.startsWith('eu.')) as string;
    const page = await open('/providers/bedrock-main?tab=settings');
    const search = page.getByRole('combobox', { name: 'Find or type a model' });
    await search.fill(bare?.id as string);
    await page.keyboard.press('Enter');
    await page.getByText('AWS refuses these ids without an inference profile').waitFor();
    await page.getByRole('button', { name: `Use ${profile}`, exact: true }).click();
    await page.getByText('Only this 1 model may be called').waitFor();
    await page.getByText('AWS refuses these ids').waitFor({ state: 'detached' });
  });
});

describe('the Connect tab', () => {
  it('makes a token for this provider in place, and what it shows works as pasted', async () => {
    const page = await open(CONNECT_TAB);
    const step = section(page, '1. A token');
    await step.getByRole('button', { name: 'Create a token here' }).click();
    await field(step, 'App').click();
    await page.getByRole('listbox', { name: 'App', exact: true }).waitFor();
    await page.getByRole('option', { name: 'New app' }).click();
    await field(step, 'App name').fill('pasted');
    expect(await axeFaults(page, 'inline token form')).toEqual([]);
    await step.getByRole('button', { name: 'Create token' }).click();
    await step.getByText('Store this token now').waitFor();
    const exported = await codeOf(step, 'Token');
    expect(exported).toMatch(/^export WEIR_TOKEN='weir_/);
    await page.getByRole('button', { name: 'curl', exact: true }).click();
    const answered = await paste(`${exported}\n${await codeOf(page, 'curl')}`);
    expect(JSON.parse(answered)).toMatchObject({ choices: [{ message: { role: 'assistant' } }] });

    await open(CONNECT_TAB);
    await page.getByText('weir_…').first().waitFor();
    expect(await page.content()).not.toContain(exported.slice(20, -1));
    expect(await page.getByRole('button', { name: 'curl', exact: true }).getAttribute('aria-pressed')).toBe('true');
  });

  it('gives every address, and a guide for every client that speaks the API', async () => {
    const page = await open(CONNECT_TAB);
    for (const address of [`${proxyUrl}/v1`, proxyUrl, `${proxyUrl}/v1/models`]) {
      await page.getByText(address, { exact: true }).first().waitFor();
    }
    for (const client of ['Codex', 'OpenCode', 'Cursor and other editors', 'Java', 'Vercel AI SDK']) {
      await page.getByRole('button', { name: client, exact: true }).click();
      await page.getByRole('region', { name: client, exact: true }).waitFor();
    }
    expect(await axeFaults(page, 'guides')).toEqual([]);
    await open('/providers/bedrock-main?tab=connect');
    await page.getByRole('button', { name: 'Claude Code', exact: true }).click();
    expect(await page.getByRole('region', { name: 'Claude Code', exact: true }).textContent()).toContain('eu-west-1');
  });
});

describe('the browser', () => {
  it('had nothing to complain of', () => {
    expect(admin.complaints).toEqual([]);
  });
});
