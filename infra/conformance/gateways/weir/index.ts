import { randomUUID } from 'node:crypto';
import { type System, startSystem } from '../../../e2e/system.js';
import { findRedisServer } from '../../../embedded/redis.js';
import type { ClientTarget } from '../../client/send.js';
import type { BoundCase, CallAt, Gateway, GatewayRecord } from '../gateway.js';
import { type AnsweredCall, readAnswered } from './answered.js';
import { toRecord } from './record.js';
import { isPassedThrough, keyOf, type Providers, setUpProviders } from './set-up.js';
import { readStored, type StoredBooks } from './stored.js';

interface Running {
  readonly system: System;
  readonly providers: Providers;
  readonly token: string;
}

interface Read {
  readonly stored: StoredBooks;
  readonly answered: ReadonlyMap<string, AnsweredCall>;
}

/** Where each dialect's own SDK puts the key. */
const KEY_HEADERS: Readonly<Record<string, string>> = {
  anthropic: 'x-api-key',
  google: 'x-goog-api-key',
  azure_openai: 'api-key',
};

/** A whole Weir in a home of its own: set up by GraphQL, read back from ClickHouse and, once more, by GraphQL. */
export class WeirGateway implements Gateway {
  readonly name = 'weir';
  readonly meters = null;
  readonly isRelay = true;
  readonly casesAtOnce = 16;
  private running: Running | null = null;
  private read: Read | null = null;
  private readonly callIds = new Map<string, string>();

  /** @param root the checkout */
  constructor(private readonly root: string) {}

  describe(): string {
    return 'Weir, this checkout';
  }

  whyNot(): null {
    return null;
  }

  /** The system behind it, once started. */
  get system(): System {
    if (this.running === null) throw new Error('not started');
    return this.running.system;
  }

  async start(cases: readonly BoundCase[]): Promise<ReadonlyMap<string, string>> {
    const hosts = cases.flatMap(({ origins }) => [...origins.values()].map((origin) => new URL(origin).host));
    const queue = findRedisServer() ? 'redis' : 'postgres';
    const system = await startSystem({ queue, root: this.root, allowedHosts: hosts });
    try {
      await system.console.setUp(system.setupLink);
      const { providers, refused } = await setUpProviders(system.console, cases);
      const token = await system.console.createToken(await system.console.createApp('conformance'));
      await system.configured();
      this.running = { system, providers, token };
      return refused;
    } catch (error) {
      await system.end();
      throw error;
    }
  }

  target({ case: one }: BoundCase, { call, nonce, index }: CallAt): ClientTarget {
    if (this.running === null) throw new Error('not started');
    const { providers, token } = this.running;
    const url = new URL(providers.get(keyOf(one.id, call.provider))?.proxyUrl as string);
    const type = one.providers.find(({ name }) => name === call.provider)?.type ?? '';
    const header = isPassedThrough(type) ? 'x-weir-authorization' : (KEY_HEADERS[type] ?? 'authorization');
    const value = header.endsWith('authorization') ? `Bearer ${token}` : token;
    return {
      origin: url.origin,
      path: `${url.pathname}/${call.request.path}`,
      headers: {
        'x-weir-tags': `nonce=${nonce}`,
        ...(!call.request.isAnonymous && { [header]: value }),
        ...this.attempt(one, call.attemptAt, index),
      },
    };
  }

  private attempt(one: BoundCase['case'], name: string | undefined, index: number): Record<string, string> {
    if (name === undefined) return {};
    const key = keyOf(one.id, name);
    const callId = this.callIds.get(key) ?? randomUUID();
    this.callIds.set(key, callId);
    const attempt = one.calls.slice(0, index + 1).filter(({ attemptAt }) => attemptAt === name).length;
    return { 'x-weir-call': callId, 'x-weir-attempt': String(attempt) };
  }

  async settled(): Promise<void> {
    await this.system.settled();
    this.read = null;
  }

  async records({ case: one }: BoundCase): Promise<readonly GatewayRecord[]> {
    const { stored, answered } = await this.books();
    const names = new Set(one.providers.map(({ name }) => this.running?.providers.get(keyOf(one.id, name))?.name));
    return stored.events
      .filter(({ provider }) => names.has(provider))
      .map((event) => toRecord(event, stored.ratings.get(event.event_id) ?? [], answered.get(event.event_id)));
  }

  private async books(): Promise<Read> {
    const { books, console } = this.system;
    this.read ??= { stored: await readStored(books), answered: await readAnswered(console) };
    return this.read;
  }

  async stop(): Promise<void> {
    await this.running?.system.end();
    this.running = null;
  }
}
