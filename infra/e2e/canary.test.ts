import { randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import Anthropic from '@anthropic-ai/sdk';
import { DOOR } from '@weir/contracts';
import OpenAI from 'openai';
import { request } from 'undici';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { type Simulator, startSimulator } from '../simulator/index.js';
import { CanaryScanner, filesBelow, spellings } from './canary-scanner.js';
import { surfacesOf } from './canary-surfaces.js';
import { type EchoUpstream, startEchoUpstream } from './echo-upstream.js';
import { type System, startSystem } from './system.js';

const random = () => randomBytes(15).toString('base64url');
/** With characters that JSON, URLs and shells write in another way. */
const KEY = `sk-canary/${random()}+"${random()}\\${random()}=`;
const NEXT_KEY = `sk-canary/${random()}+"${random()}\\${random()}=`;
/** What a caller of a passthrough provider brings along. */
const OWN_KEY = `sk-own/${random()}+"${random()}\\${random()}=`;
const PROMPT = `${random()} "ü" ${random()}\n${random()}/${random()}`;
/** No secret: it must be found wherever it belongs, or nothing was looked at. */
const MARKER = `marker-${random()}`;
const MODES = ['plain', 'encoded', 'error', 'error-encoded', 'error-anthropic', 'status-line', 'redirect', 'garbage'];
const STREAMED_MODES = ['stream', 'stream-error', 'stream-cut'];

let system: System;
let echo: EchoUpstream;
let simulator: Simulator;
let token: string;
let heardBack = '';
const answers: string[] = [];
const urls: Record<string, string> = {};

beforeAll(async () => {
  echo = await startEchoUpstream();
  simulator = await startSimulator({ apiKeys: [KEY, NEXT_KEY] });
  const hosts = [`127.0.0.1:${echo.port}`, `127.0.0.1:${simulator.port}`];
  system = await startSystem({ queue: 'redis', allowedHosts: hosts });
  const { console } = system;
  await console.setUp(system.setupLink);
  console.onAnswer = (text) => answers.push(text);
  const create = async (name: string, type: string, baseUrl: string, more: object = {}) => {
    const credential = { secretId: 'CANARY_KEY', secretValue: KEY };
    urls[name] = await console.createProvider({ name, displayName: name, type, baseUrl, ...credential, ...more });
  };
  const echoUrl = `http://127.0.0.1:${echo.port}`;
  await create('openai', 'openai', `${simulator.url}/v1`);
  await create('anthropic', 'anthropic', simulator.url);
  await create('listed', 'openai', `${simulator.url}/v1`, { models: ['gpt-4.1-mini'] });
  await create('echo-openai', 'openai', `${echoUrl}/v1`);
  await create('echo-anthropic', 'anthropic', echoUrl);
  await create('echo-compatible', 'openai_compatible', `${echoUrl}/v1`);
  const passthrough = { secretId: null, secretValue: null, passthrough: true };
  await create('echo-own', 'openai', `${echoUrl}/v1`, passthrough);
  // The one answer that may hold the token: it is shown once.
  console.onAnswer = () => undefined;
  token = await console.createToken(await console.createApp(MARKER));
  console.onAnswer = (text) => answers.push(text);
  await system.configured();
});

afterAll(async () => {
  await system?.end();
  await simulator?.close();
  await echo?.close();
});

/** The part nobody but its holder has; the public id before it may be known. */
const secretPart = () => token.split('_')[2] as string;
const secrets = () => ({ 'provider key': KEY, 'rotated key': NEXT_KEY, 'caller’s key': OWN_KEY, token: secretPart() });

/** A call whose end is of no interest here; what came back is kept. */
async function send(name: string, path: string, body: string, headers: Record<string, string> = {}): Promise<void> {
  try {
    const answer = await request(`${urls[name]}/${path}`, {
      method: body === '' ? 'GET' : 'POST',
      headers: {
        authorization: `Bearer ${token}`,
        'x-weir-conversation': MARKER,
        ...(body !== '' && { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body !== '' && { body }),
    });
    heardBack += `${JSON.stringify(answer.headers)}\n${await answer.body.text()}\n`;
  } catch {
    // Some of these upstreams break off; what they leave behind is what this is about.
  }
}

async function sendEverything(): Promise<void> {
  const messages = [{ role: 'user' as const, content: PROMPT }];
  const sdk = { maxRetries: 0, apiKey: token, defaultHeaders: { 'x-weir-conversation': MARKER } };
  const openai = new OpenAI({ ...sdk, baseURL: `${urls.openai}/v1` });
  const anthropic = new Anthropic({ ...sdk, baseURL: urls.anthropic as string });
  await openai.chat.completions.create({ model: 'gpt-4.1-mini', messages });
  await openai.responses.create({ model: 'gpt-5.4-mini', input: PROMPT, instructions: PROMPT });
  await openai.embeddings.create({ model: 'text-embedding-3-small', input: PROMPT });
  await openai.models.list();
  await anthropic.messages.create({ model: 'claude-haiku-4-5', max_tokens: 20, messages, system: PROMPT });
  await anthropic.messages.stream({ model: 'claude-haiku-4-5', max_tokens: 20, messages }).finalMessage();
  for (const model of ['sim-500', 'sim-429', 'sim-html', 'sim-reset', 'sim-broken-json', 'sim-cut-mid-stream']) {
    await send('openai', 'v1/chat/completions', JSON.stringify({ model, messages, stream: true }));
  }
  for (const name of ['echo-openai', 'echo-anthropic', 'echo-compatible', 'echo-own']) {
    const own = name === 'echo-own' ? { authorization: `Bearer ${OWN_KEY}`, 'x-weir-authorization': token } : {};
    for (const model of MODES) {
      for (const path of ['v1/chat/completions', 'v1/responses', 'v1/messages', 'v1/embeddings', 'v1/images']) {
        await send(name, path, JSON.stringify({ model, messages, input: PROMPT }), own);
      }
    }
    for (const model of STREAMED_MODES) {
      for (const path of ['v1/chat/completions', 'v1/responses', 'v1/messages']) {
        await send(name, path, JSON.stringify({ model, messages, stream: true }), own);
      }
    }
    await send(name, 'v1/models', '', own);
  }
  // Refused, with secrets where they do not belong.
  await send('openai', `v1/models?api_key=${token}`, '');
  await send('openai', `v1/models?key=${encodeURIComponent(KEY)}`, '');
  await send('openai', 'v1/models', '', { authorization: `Bearer ${KEY}` });
  await send('openai', 'v1/models', '', { authorization: `Basic ${Buffer.from(`user:${token}`).toString('base64')}` });
  await send('openai', 'v1/models', '', { [token]: 'as a name' });
  await send('openai', 'v1/models', '', { authorization: `Bearer ${token.slice(0, -1)}` });
  await send('echo-own', 'v1/models', '', { 'x-weir-authorization': token });
  await send('listed', 'v1/chat/completions', JSON.stringify({ model: 'another', messages }));
  await send('listed', 'v1/chat/completions', JSON.stringify({ model: 'another', messages }).slice(0, -5));
}

async function administrate(): Promise<void> {
  const { console } = system;
  const attempt = (query: string, variables: object = {}) =>
    console.ask(query, { ...variables }).catch((error: Error) => answers.push(error.message));
  const TEST = `mutation($input: TestConnectionInput!) {
    testConnection(input: $input) { ok summary status model upstreamError code models curl } }`;
  for (const provider of ['openai', 'anthropic', 'echo-openai', 'echo-anthropic', 'echo-compatible']) {
    for (const model of [null, ...MODES]) await attempt(TEST, { input: { provider, model } });
  }
  const baseUrl = `http://127.0.0.1:${echo.port}`;
  const draft = { type: 'openai', baseUrl, secretId: 'CANARY_KEY', secretValue: KEY };
  for (const model of [null, ...MODES]) await attempt(TEST, { input: { draft, model } });
  const CREATE =
    'mutation($input: CreateProviderInput!) { createProvider(input: $input) { name secret { lastFour } } }';
  const provider = { name: 'openai', displayName: 'x', type: 'openai', baseUrl, secretId: 'K', secretValue: KEY };
  await attempt(CREATE, { input: provider });
  await attempt(CREATE, {
    input: { ...provider, name: 'new', baseUrl: `https://u:${encodeURIComponent(KEY)}@x.example.com` },
  });
  await attempt(CREATE, { input: { ...provider, name: KEY } });
  await attempt(CREATE, { input: { ...provider, name: 'new', secretId: KEY } });
  await attempt('mutation($input: CreateSecretInput!) { createSecret(input: $input) { secretId } }', {
    input: { secretId: 'CANARY_KEY', value: KEY },
  });
  await attempt('mutation($input: RotateSecretInput!) { rotateSecret(input: $input) { secretId lastFour version } }', {
    input: { secretId: 'CANARY_KEY', value: NEXT_KEY },
  });
  await system.configured();
  await send('openai', 'v1/models', '');
  await send('echo-openai', 'v1/chat/completions', '{"model":"plain","messages":[]}');
}

/** Everything the console could ask. */
async function readEverything(): Promise<void> {
  const { console } = system;
  await console.ask(`{ viewer { email permissions } installation { version } members { email } sessions { userAgent }
    providers(filter: { includeDeleted: true }) { nodes { id name baseUrl proxyUrl secret { secretId lastFour boundOrigins usedBy } } }
    secrets { secretId lastFour version boundOrigins usedBy } auditEntries(first: 200) { nodes { actor action subject } }
    apps { name tokens { name publicId providers state } } }`);
  const range = {
    from: new Date(Date.now() - 7_200_000).toISOString(),
    to: new Date(Date.now() + 7_200_000).toISOString(),
  };
  for (const groupBy of ['provider', 'model', 'app', 'environment', 'token_type']) {
    await console.ask(
      `query($range: TimeRange!, $groupBy: UsageDimension!) { usageBreakdown(range: $range, groupBy: $groupBy) { key label }
        usageOverTime(range: $range, interval: hour, groupBy: $groupBy) { groups { key label spend } } }`,
      { range, groupBy },
    );
  }
  let after: string | null = null;
  do {
    const page: { calls: { endCursor: string; hasNextPage: boolean } } = await console.ask(
      `query($after: String) { calls(first: 100, after: $after) { endCursor hasNextPage nodes { eventId callId endpoint method path
        requestedModel servedModel app user agent tags { key value } conversation outcome errorCode status upstreamStatus
        upstreamRequestId rawUsage alterations rating { status priceVersion lines { bucket source } } } } }`,
      { after },
    );
    after = page.calls.hasNextPage ? page.calls.endCursor : null;
  } while (after !== null);
}

function processTree(pid: number): number[] {
  const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ').filter(Boolean);
  return [pid, ...children.map(Number).flatMap(processTree)];
}

describe('the scanner', () => {
  const folder = mkdtempSync(join(tmpdir(), 'weir-canary-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  const scanFile = (bytes: Buffer): string[] => {
    writeFileSync(join(folder, 'planted'), bytes);
    return [...filesBelow(folder)].flatMap(([, content]) => new CanaryScanner({ key: KEY }).scan(content));
  };
  const around = (text: string) => Buffer.concat([randomBytes(999), Buffer.from(text), randomBytes(999)]);

  it.each(Object.entries(spellings(KEY)))('finds a value planted %s', (spelling, text) => {
    expect(scanFile(around(text))).toContain(`key, ${spelling}`);
  });

  it('finds twelve characters out of the middle, in a header’s base64 and at the very end', () => {
    expect(scanFile(around(KEY.slice(15, 27)))).toContain('key, raw');
    expect(scanFile(around(Buffer.from(`Bearer ${KEY}`).toString('base64'))).join()).toContain('base64 at offset');
    expect(scanFile(Buffer.from(`x${KEY.slice(-12)}`))).not.toEqual([]);
  });

  it('finds nothing where nothing is', () => {
    expect(scanFile(around(KEY.slice(15, 26)))).toEqual([]);
    expect(scanFile(gzipSync(KEY))).toEqual([]);
    expect(scanFile(randomBytes(1_000_000))).toEqual([]);
  });
});

describe('after calls of every kind', () => {
  let places: Map<string, Buffer>;

  beforeAll(async () => {
    await sendEverything();
    await administrate();
    const last = `${MARKER}-last`;
    await send('openai', 'v1/models', '', { 'x-weir-conversation': last });
    const arrived = `SELECT count() > 0 AS isThere FROM usage_events_v1 WHERE conversation = '${last}'`;
    const isThere = async () => Boolean((await system.books.ask<{ isThere: number }>(arrived))[0]?.isThere);
    await vi.waitUntil(isThere, { timeout: 30_000, interval: 200 });
    await system.settled();
    await readEverything();
    places = await surfacesOf(system, answers);
  });

  it('the upstream had the keys, and echoed them to the client alone', () => {
    expect(echo.credentials).toEqual(
      expect.arrayContaining([`Bearer ${KEY}`, KEY, `Bearer ${OWN_KEY}`, `Bearer ${NEXT_KEY}`]),
    );
    const scanner = new CanaryScanner({ 'provider key': KEY, 'caller’s key': OWN_KEY, prompt: PROMPT });
    expect(scanner.scan(Buffer.from(heardBack)).join()).toMatch(/provider key, raw/);
  });

  it('the places that are searched hold what these calls left there', () => {
    const scanner = new CanaryScanner({ marker: MARKER });
    const holding = [...places].filter(([, bytes]) => scanner.scan(bytes).length > 0).map(([name]) => name);
    expect(holding).toEqual(
      expect.arrayContaining([
        'GraphQL answers',
        'PostgreSQL weir.public.App',
        'PostgreSQL weir.public.AuditEntry',
        'PostgreSQL weir.public.Publication',
        'ClickHouse weir.usage_events_v1',
        'ClickHouse weir.ratings_v1',
        'ClickHouse weir.usage_per_hour_v1',
        'Redis',
        `door ${DOOR.snapshot}`,
      ]),
    );
    for (const kind of [/^file postgres\//, /^file redis\/.*aof$/, /^file .*snapshot/, /^file .*\.segment$/]) {
      expect(
        holding.some((name) => kind.test(name)),
        String(kind),
      ).toBe(true);
    }
    expect([...places.keys()].filter((name) => name.startsWith('file logs/')).length).toBeGreaterThan(4);
  });

  it('no key and no token is found anywhere, whole, encoded or in part', () => {
    const scanner = new CanaryScanner({ ...secrets(), 'master key': system.masterKey });
    const found = [...places].flatMap(([name, bytes]) => scanner.scan(bytes).map((finding) => `${name}: ${finding}`));
    expect(found).toEqual([]);
  });

  it('no prompt is found anywhere while nothing is recorded', () => {
    const scanner = new CanaryScanner({ prompt: PROMPT });
    const found = [...places].flatMap(([name, bytes]) => scanner.scan(bytes).map((finding) => `${name}: ${finding}`));
    expect(found).toEqual([]);
  });

  it('a process is told no more than it needs: the master key is known where secrets are opened, and nowhere else', () => {
    const masterKey = new CanaryScanner({ 'master key': system.masterKey });
    const others = new CanaryScanner(secrets());
    const knows: Record<string, boolean> = {};
    for (const name of ['postgres', 'redis', 'clickhouse', 'control-plane', 'usage-worker', 'proxy']) {
      for (const pid of processTree(system.supervisor.pidOf(name))) {
        const environment = readFileSync(`/proc/${pid}/environ`);
        const command = readFileSync(`/proc/${pid}/cmdline`);
        knows[name] = knows[name] || masterKey.scan(environment).length > 0;
        expect(masterKey.scan(command), name).toEqual([]);
        expect(others.scan(Buffer.concat([environment, command])), name).toEqual([]);
      }
    }
    expect(knows).toEqual({
      ...{ postgres: false, redis: false, clickhouse: false, 'usage-worker': false },
      ...{ 'control-plane': true, proxy: true },
    });
  });
});
