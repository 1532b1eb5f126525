import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, BrowserContext, Page, Response } from 'playwright-core';
import { recordLayoutShifts } from './screen.js';

const PATIENCE_MS = 30_000;

/** A person at a browser of their own: signed in as nobody until they do so. */
export interface Visitor {
  readonly context: BrowserContext;
  readonly page: Page;
  /** What the browser complained about: errors on the console, exceptions, blocked contents, calls to other origins. */
  readonly complaints: readonly string[];
  /** The bodies of everything that came over the network so far. */
  received(): Promise<readonly Received[]>;
}

export interface Received {
  readonly url: string;
  readonly body: string;
}

export async function openVisitor(browser: Browser, origin: string): Promise<Visitor> {
  const context = await browser.newContext({
    baseURL: origin,
    viewport: { width: 1280, height: 800 },
    colorScheme: 'light',
    locale: 'en-US',
    timezoneId: 'Europe/Berlin',
  });
  context.setDefaultTimeout(PATIENCE_MS);
  await context.addInitScript(recordLayoutShifts);
  const complaints: string[] = [];
  const bodies: Promise<Received | null>[] = [];
  // A policy violation is an error on the console too.
  context.on('console', (message) => {
    if (message.type() === 'error') complaints.push(`${message.text()} (${message.location().url})`);
  });
  context.on('weberror', (error) => complaints.push(`exception: ${error.error().message}`));
  context.on('request', (request) => {
    const url = new URL(request.url());
    if (url.origin !== origin && url.protocol.startsWith('http')) complaints.push(`request to ${url.href}`);
  });
  context.on('response', (response) => bodies.push(bodyOf(response)));
  return {
    context,
    page: await context.newPage(),
    complaints,
    received: async () => (await Promise.all(bodies)).filter((answer) => answer !== null),
  };
}

/** Null where there is no body: redirects, and answers the page did not wait for. */
async function bodyOf(response: Response): Promise<Received | null> {
  try {
    const headers = JSON.stringify(await response.headersArray());
    return { url: response.url(), body: `${headers}\n${await response.text()}` };
  } catch {
    return null;
  }
}

/** For the reader of a failed test: what the person saw at that moment. */
export async function leavePicture({ page }: Visitor): Promise<void> {
  const path = join(mkdtempSync(join(tmpdir(), 'weir-browser-')), 'screen.png');
  await page.screenshot({ path });
  process.stdout.write(`${page.url()} as the test left it: ${path}\n`);
}
