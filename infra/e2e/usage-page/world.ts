import type { Browser } from 'playwright-core';
import { expect, vi } from 'vitest';
import { openChromium } from '../browser/chromium.js';
import { openAdmin } from '../browser/console-pages.js';
import type { Visitor } from '../browser/visitor.js';
import { sendLoad } from '../load.js';
import { reportCalls } from '../past-calls.js';
import { type System, startSystem } from '../system.js';
import { PRICED, UNPRICED, usageOf } from '../usage-world.js';

export const PATIENCE = { timeout: 30_000, interval: 50 };
export const DAY_MS = 86_400_000;
/** Twelve of one type. */
export const PROVIDERS = ['openai-main', ...Array.from({ length: 11 }, (_, index) => `openai-${index + 1}`)];
/** Had calls, and exists no more. */
export const DELETED = 'openai-11';
export const MODELS = [...PRICED, UNPRICED, ...Array.from({ length: 51 }, (_, index) => `house-${index}`)];
export const USERS = 25;

/** Start of a UTC day, so many days from now. */
export const midnight = (inDays: number) => new Date((Math.floor(Date.now() / DAY_MS) + inDays) * DAY_MS);
/** From days before the first call to a day after the last. */
const SPAN = { from: midnight(-50), to: midnight(1) };
export const DAYS = 51;
/** The address of a range that holds every call. */
export const ALL = `range=custom&customStart=${SPAN.from.toISOString()}&customEnd=${SPAN.to.toISOString()}`;

interface Caller {
  readonly system: System;
  readonly proxyUrl: string;
  readonly token: string;
}

interface World extends Caller {
  readonly browser: Browser;
  /** Signed in. */
  readonly admin: Visitor;
}

let opened: World | undefined;

/** What every test of the page looks at. @throws before `openWorld` */
export function world(): World {
  if (!opened) throw new Error('the world is not open');
  return opened;
}

/** A whole system with forty days of calls: 25 users, 60 models, twelve providers of one type, one of them deleted. */
export async function openWorld(): Promise<void> {
  const browser = await openChromium();
  const system = await startSystem({ queue: 'redis', web: true });
  await system.console.setUp(system.setupLink);
  let proxyUrl = '';
  for (const name of PROVIDERS) {
    const url = await system.console.createProvider({
      ...{ name, displayName: `The ${name}`, type: 'openai', baseUrl: `${system.simulator.url}/v1`, models: [] },
      ...{ secretId: 'OPENAI_API_KEY', ...(name === 'openai-main' ? { secretValue: system.upstreamKey } : {}) },
    });
    if (name === 'openai-main') proxyUrl = url;
  }
  const token = await system.console.createToken(await system.console.createApp('checkout'));
  await system.configured();
  await callWith({ system, proxyUrl, token }, 'gpt-4o');
  const calls = usageOf(
    { providers: PROVIDERS, models: MODELS, users: USERS, days: 40, callsPerDay: 30 },
    Date.now() - 60_000,
  );
  await reportCalls(system, calls);
  await vi.waitFor(async () => expect((await system.books.totals()).rollUpRated).toBe(calls.length + 1), PATIENCE);
  await system.console.ask('mutation($name: String!) { deleteProvider(name: $name, confirmName: $name) }', {
    name: DELETED,
  });
  const admin = await openAdmin(browser, system.consoleUrl);
  opened = { system, browser, admin, proxyUrl, token };
}

export async function closeWorld(): Promise<void> {
  await opened?.browser.close();
  await opened?.system.end();
}

/** One more call, on the books when this returns. */
export const call = (model = 'gpt-4o'): Promise<void> => callWith(world(), model);

async function callWith({ system, proxyUrl, token }: Caller, model: string): Promise<void> {
  await sendLoad({
    ...{ proxyUrl, token, calls: 1, concurrency: 1 },
    ...{ model: () => model, isStream: () => false, isAborted: () => false },
  });
  await system.settled(false);
}
