import { WeirError } from '@weir/contracts';
import { Agent, type Dispatcher, request } from 'undici';
import { MAX_SNAPSHOT_BYTES } from './snapshot.js';

const ANSWER_TIMEOUT_MS = 10_000;
/** The door sends a comment every 5 s; three missed ones mean that the connection is dead. */
const NOTICE_TIMEOUT_MS = 15_000;

export class DoorError extends WeirError {
  constructor(message: string, cause?: unknown) {
    super('DOOR_UNAVAILABLE', message, { cause, retryable: true });
  }
}

/** The control plane's door, as seen from here. An operator configured its address, so it may be a private one. */
export class Door {
  private readonly agent = new Agent({
    allowH2: false,
    connections: 4,
    connect: { timeout: 3_000 },
    headersTimeout: ANSWER_TIMEOUT_MS,
    bodyTimeout: NOTICE_TIMEOUT_MS,
  });
  private readonly base: string;

  constructor(
    url: string,
    private readonly token: string,
  ) {
    this.base = url.replace(/\/+$/, '');
  }

  /** null: unchanged since `etag`. @throws DoorError */
  async get(path: string, etag: string | null): Promise<{ text: string; etag: string | null } | null> {
    const { statusCode, headers, body } = await this.ask('GET', path, etag === null ? {} : { 'if-none-match': etag });
    if (statusCode === 304) {
      await body.dump();
      return null;
    }
    await this.check(statusCode, body, path);
    const chunks: Buffer[] = [];
    let size = 0;
    for await (const chunk of body as AsyncIterable<Buffer>) {
      size += chunk.length;
      if (size > MAX_SNAPSHOT_BYTES)
        throw new DoorError(`the answer to ${path} is larger than ${MAX_SNAPSHOT_BYTES} bytes`);
      chunks.push(chunk);
    }
    return {
      text: Buffer.concat(chunks).toString('utf8'),
      etag: headers.etag === undefined ? null : String(headers.etag),
    };
  }

  /** @throws DoorError */
  async post(path: string, value: object): Promise<void> {
    const { statusCode, body } = await this.ask(
      'POST',
      path,
      { 'content-type': 'application/json' },
      JSON.stringify(value),
    );
    await this.check(statusCode, body, path);
    await body.dump();
  }

  /** The `data` of each server-sent event until the connection ends. @throws DoorError */
  async *events(path: string): AsyncGenerator<string> {
    const { statusCode, body } = await this.ask('GET', path, { accept: 'text/event-stream' });
    await this.check(statusCode, body, path);
    let rest = '';
    for await (const chunk of body as AsyncIterable<Buffer>) {
      const lines = (rest + chunk.toString('utf8')).split(/\r?\n/);
      rest = (lines.pop() as string).slice(0, 65_536);
      for (const line of lines) if (line.startsWith('data:')) yield line.slice(5).trim();
    }
  }

  async close(): Promise<void> {
    await this.agent.destroy();
  }

  private async ask(method: 'GET' | 'POST', path: string, headers: Record<string, string>, body?: string) {
    try {
      return await request(this.base + path, {
        dispatcher: this.agent,
        method,
        headers: { authorization: `Bearer ${this.token}`, ...headers },
        body: body ?? null,
      });
    } catch (cause) {
      throw new DoorError(`the control plane cannot be reached at ${this.base}`, cause);
    }
  }

  private async check(status: number, body: Dispatcher.ResponseData['body'], path: string): Promise<void> {
    if (status >= 200 && status < 300) return;
    await body.dump();
    const hint = status === 401 || status === 403 ? '; do both run with the same WEIR_MASTER_KEY?' : '';
    throw new DoorError(`the control plane answered ${path} with ${status}${hint}`);
  }
}
