import { createHash } from 'node:crypto';
import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { constants, createGzip, type Gzip, gzipSync } from 'node:zlib';
import type { Answer, StreamEvent } from './answer.js';
import type { Behaviour } from './behaviour.js';
import type { BilledUsage } from './generation.js';
import type { LedgerEntry } from './ledger.js';

/** What went out, for the ledger. */
export interface Delivered {
  readonly status: number | null;
  readonly billed: BilledUsage | null;
  readonly isUsageSent: boolean;
  readonly sentBytes: number;
  readonly sentSha256: string;
  readonly ended: LedgerEntry['ended'];
}

const REDIRECT_TARGET = 'http://127.0.0.1:9/';
const HTML = '<!DOCTYPE html><html><head><title>Bad gateway</title></head><body><h1>Bad gateway</h1></body></html>\n';

/** Sends one answer the way its behaviour says, and tells how that ended. Never rejects. */
export class Delivery {
  private readonly hash = createHash('sha256');
  private sentBytes = 0;
  private isUsageSent = false;
  private billed: BilledUsage | null = null;
  private readonly gone = new AbortController();

  constructor(
    private readonly response: ServerResponse,
    private readonly behaviour: Behaviour,
    private readonly error: (status: number, message: string) => string,
  ) {
    response.once('close', () => {
      if (!response.writableFinished) this.gone.abort();
    });
  }

  async send(answer: Answer): Promise<Delivered> {
    try {
      if (this.behaviour.firstByteMs > 0) await this.wait(this.behaviour.firstByteMs);
      return await this.dispatch(answer);
    } catch (error) {
      if (this.gone.signal.aborted) return this.done('client_closed');
      throw error;
    }
  }

  private async dispatch(answer: Answer): Promise<Delivered> {
    const { response, behaviour } = this;
    switch (behaviour.answer) {
      case 'hang':
        return this.untilGone();
      case 'reset':
        response.socket?.resetAndDestroy();
        return this.done('reset');
      case 'html':
        return this.whole(behaviour.status, HTML, 'text/html; charset=utf-8');
      case 'redirect':
        response.setHeader('location', REDIRECT_TARGET);
        return this.whole(302, '', 'text/plain');
      case 'empty':
        return this.whole(200, '', 'application/json');
      case 'status':
        if (behaviour.status === 429) response.setHeader('retry-after', '1');
        return this.whole(behaviour.status, this.error(behaviour.status, `simulated ${behaviour.status}`));
      case 'broken_json':
        return this.whole(200, answer.kind === 'json' ? answer.body.slice(0, answer.body.length / 2) : '{"id":');
      default:
        return answer.kind === 'stream' ? this.stream(answer) : this.json(answer);
    }
  }

  private async json(answer: Extract<Answer, { kind: 'json' }>): Promise<Delivered> {
    this.billed = answer.billed;
    if (answer.billed === null || this.behaviour.end === 'complete') {
      this.isUsageSent = answer.billed !== null && this.behaviour.hasUsage && answer.statesUsage !== false;
      return this.whole(answer.status, answer.body);
    }
    const bytes = Buffer.from(answer.body);
    this.response.writeHead(answer.status, { 'content-type': 'application/json', 'content-length': bytes.length });
    await this.write(bytes.subarray(0, bytes.length / 2));
    return this.breakOff();
  }

  private async stream(answer: Extract<Answer, { kind: 'stream' }>): Promise<Delivered> {
    const { response, behaviour } = this;
    response.setHeader('content-type', answer.contentType ?? 'text/event-stream; charset=utf-8');
    response.setHeader('cache-control', 'no-cache');
    const gzip = behaviour.isGzipped ? this.gzipped() : null;
    response.writeHead(200);
    const events = behaviour.end === 'unterminated' ? answer.events.filter((e) => !e.isTerminal) : answer.events;
    const isWhole = behaviour.end === 'complete' || behaviour.end === 'unterminated';
    const count = isWhole ? events.length : Math.floor(events.length / 2);
    this.billed = { ...answer.billed, output: 0, reasoning: 0 };
    for (const event of events.slice(0, count)) {
      await this.event(event, gzip);
      this.billed = upTo(answer.billed, event.outputTokens);
      if (behaviour.chunkMs > 0) await this.wait(behaviour.chunkMs);
    }
    if (behaviour.end === 'error') await this.write(Buffer.from(this.lines(answer.errorEvent)), gzip);
    else if (!isWhole) return this.breakOff();
    return this.finish(gzip);
  }

  private async event(event: StreamEvent, gzip: Gzip | null): Promise<void> {
    const bytes = Buffer.from(this.lines(event.text));
    const step = this.behaviour.writeBytes ?? bytes.length;
    for (let at = 0; at < bytes.length; at += step) {
      await this.write(bytes.subarray(at, at + step), gzip);
      // Without a turn of the loop the kernel would get the pieces as one.
      if (this.behaviour.writeBytes !== null) await this.wait(0);
    }
    if (event.statesUsage) this.isUsageSent = true;
  }

  private lines(text: string): string {
    return text.replaceAll('\n', this.behaviour.lineEnd);
  }

  private gzipped(): Gzip {
    this.response.setHeader('content-encoding', 'gzip');
    const gzip = createGzip({ flush: constants.Z_SYNC_FLUSH });
    gzip.pipe(this.response);
    return gzip;
  }

  private async whole(status: number, body: string, contentType = 'application/json'): Promise<Delivered> {
    const plain = Buffer.from(body);
    const bytes = this.behaviour.isGzipped ? gzipSync(plain) : plain;
    if (this.behaviour.isGzipped) this.response.setHeader('content-encoding', 'gzip');
    this.response.writeHead(status, { 'content-type': contentType, 'content-length': bytes.length });
    this.count(plain);
    this.response.write(bytes);
    return this.finish(null);
  }

  private async write(bytes: Buffer, gzip: Gzip | null = null): Promise<void> {
    this.gone.signal.throwIfAborted();
    const target = gzip ?? this.response;
    this.count(bytes);
    if (!target.write(bytes)) await once(target, 'drain', { signal: this.gone.signal });
  }

  private count(bytes: Buffer): void {
    this.sentBytes += bytes.length;
    this.hash.update(bytes);
  }

  private async finish(gzip: Gzip | null): Promise<Delivered> {
    const finished = once(this.response, 'finish', { signal: this.gone.signal });
    (gzip ?? this.response).end();
    await finished;
    return this.done('completed');
  }

  private async breakOff(): Promise<Delivered> {
    if (this.behaviour.end === 'stall') return this.untilGone();
    // What was written must have left before the connection goes, or the cut would swallow it.
    await this.flushed();
    this.response.socket?.destroy();
    return this.done('cut');
  }

  private async flushed(): Promise<void> {
    while ((this.response.socket?.writableLength ?? 0) > 0) await this.wait(1);
  }

  private async untilGone(): Promise<Delivered> {
    if (!this.gone.signal.aborted) await once(this.gone.signal, 'abort');
    return this.done('stalled');
  }

  private async wait(ms: number): Promise<void> {
    await sleep(ms, undefined, { signal: this.gone.signal });
  }

  private done(ended: LedgerEntry['ended']): Delivered {
    const { billed, isUsageSent, sentBytes, response } = this;
    const status = response.headersSent ? response.statusCode : null;
    return { status, billed, isUsageSent, sentBytes, sentSha256: this.hash.digest('hex'), ended };
  }
}

function upTo(billed: BilledUsage, outputTokens: number): BilledUsage {
  return { ...billed, output: outputTokens, reasoning: Math.min(billed.reasoning, outputTokens) };
}
