import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { DOOR, doorNotice, WeirError } from '@weir/contracts';
import { Agent, request } from 'undici';

const MAX_BOOK_BYTES = 64 * 1024 * 1024;

export interface Fetched {
  readonly text: string;
  readonly etag: string | null;
}

/** The control plane's door as a worker sees it. */
export class Door {
  private readonly agent = new Agent({ connect: { timeout: 5_000 }, headersTimeout: 10_000, bodyTimeout: 20_000 });

  constructor(
    private readonly url: string,
    private readonly token: string,
  ) {}

  /** The present price book, or null when it is the one with `etag`. @throws WeirError `DOOR_UNREACHABLE`, `DOOR_REFUSED` */
  async priceBook(etag: string | null, signal: AbortSignal): Promise<Fetched | null> {
    const answer = await this.get(DOOR.priceBook, etag ? { 'if-none-match': etag } : {}, signal);
    if (answer.statusCode === 304) {
      await answer.body.dump();
      return null;
    }
    const chunks: Buffer[] = [];
    let size = 0;
    for await (const chunk of answer.body as AsyncIterable<Buffer>) {
      size += chunk.length;
      if (size > MAX_BOOK_BYTES) throw new WeirError('PRICE_BOOK_REJECTED', 'the price book is too large');
      chunks.push(chunk);
    }
    const tag = answer.headers.etag;
    return { text: Buffer.concat(chunks).toString('utf8'), etag: typeof tag === 'string' ? tag : null };
  }

  /** Calls back with the version of each price book published, until the connection ends; then resolves. */
  async notices(onVersion: (priceBookVersion: number) => void, signal: AbortSignal): Promise<void> {
    const answer = await this.get(DOOR.notices, { accept: 'text/event-stream' }, signal);
    for await (const line of createInterface({ input: answer.body as Readable })) {
      if (!line.startsWith('data:')) continue;
      const notice = doorNotice.safeParse(json(line.slice(5)));
      if (notice.success) onVersion(notice.data.priceBookVersion);
    }
  }

  close(): Promise<void> {
    return this.agent.destroy();
  }

  private async get(path: string, headers: Record<string, string>, signal: AbortSignal) {
    let answer: Awaited<ReturnType<typeof request>>;
    try {
      answer = await request(new URL(path, this.url), {
        dispatcher: this.agent,
        headers: { ...headers, authorization: `Bearer ${this.token}` },
        signal,
      });
    } catch (cause) {
      throw new WeirError('DOOR_UNREACHABLE', 'the control plane does not answer', { cause, retryable: true });
    }
    if (answer.statusCode === 200 || answer.statusCode === 304) return answer;
    await answer.body.dump();
    throw new WeirError('DOOR_REFUSED', `the control plane answered ${answer.statusCode}`, { retryable: true });
  }
}

function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
