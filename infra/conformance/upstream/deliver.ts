import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Answer } from '../case/answer.js';
import { writesOf } from '../wire/encode.js';
import type { LedgerEntry } from './ledger.js';

export type Delivered = Pick<LedgerEntry, 'status' | 'sentEvents' | 'sentBytes' | 'ended'>;

/**
 * Sends one answer as it is described, and tells how far it got. Never rejects.
 * @param clientGone resolves once the client of the call has hung up
 */
export async function deliver(
  response: ServerResponse,
  answer: Answer,
  clientGone: Promise<unknown>,
): Promise<Delivered> {
  const delivery = new Delivery(response, answer, clientGone);
  return delivery.run();
}

class Delivery {
  private sentEvents = 0;
  private sentBytes = 0;
  private readonly gone = new AbortController();

  constructor(
    private readonly response: ServerResponse,
    private readonly answer: Answer,
    private readonly clientGone: Promise<unknown>,
  ) {
    response.once('close', () => {
      if (!response.writableFinished) this.gone.abort();
    });
  }

  async run(): Promise<Delivered> {
    try {
      return this.done(await this.send());
    } catch (error) {
      if (this.gone.signal.aborted) return this.done('client_closed');
      throw error;
    }
  }

  private async send(): Promise<Delivered['ended']> {
    const { answer, response } = this;
    const { events, contentType } = writesOf(answer);
    const isStream = events.length > 1 || 'sse' in answer.body || 'awsEvents' in answer.body;
    if (answer.firstByteMs > 0) await this.wait(answer.firstByteMs);
    if (isBrokenAt(answer, 0, 0) && answer.hold === undefined) return this.breakOff();
    const length = events.reduce((sum, event) => sum + event.length, 0);
    response.writeHead(answer.status, {
      'content-type': contentType,
      ...(isStream || answer.breakOff ? {} : { 'content-length': length }),
      ...(answer.isGzipped && { 'content-encoding': 'gzip' }),
      ...answer.headers,
    });
    if (answer.hold?.afterEvents === 0) await this.untilClientGone(answer.hold.graceMs);
    for (const event of events) {
      const left = bytesLeft(answer, this.sentBytes);
      await this.write(left < event.length ? event.subarray(0, left) : event);
      if (left >= event.length) this.sentEvents++;
      if (isBrokenAt(answer, this.sentEvents, this.sentBytes)) return this.breakOff();
      if (answer.hold?.afterEvents === this.sentEvents) await this.untilClientGone(answer.hold.graceMs);
      if (answer.betweenWritesMs > 0) await this.wait(answer.betweenWritesMs);
    }
    const finished = once(response, 'finish', { signal: this.gone.signal });
    response.end();
    await finished;
    return 'completed';
  }

  private async write(bytes: Buffer): Promise<void> {
    this.gone.signal.throwIfAborted();
    this.sentBytes += bytes.length;
    if (!this.response.write(bytes)) await once(this.response, 'drain', { signal: this.gone.signal });
    // Without a turn of the loop, small writes would leave as one.
    else if (bytes.length < 65_536) await this.wait(0);
  }

  private async untilClientGone(graceMs: number): Promise<void> {
    await Promise.race([this.clientGone, once(this.gone.signal, 'abort')]);
    await this.wait(graceMs);
  }

  private async breakOff(): Promise<Delivered['ended']> {
    const { response } = this;
    const how = this.answer.breakOff?.how;
    if (how === 'hang') {
      if (!this.gone.signal.aborted) await once(this.gone.signal, 'abort');
      return 'hung';
    }
    // What was written must have left before the connection goes, or the cut would swallow it.
    while ((response.socket?.writableLength ?? 0) > 0) await this.wait(1);
    if (how === 'reset') response.socket?.resetAndDestroy();
    else response.socket?.destroy();
    return how === 'reset' ? 'reset' : 'cut';
  }

  private async wait(ms: number): Promise<void> {
    await sleep(ms, undefined, { signal: this.gone.signal });
  }

  private done(ended: Delivered['ended']): Delivered {
    const { response, sentEvents, sentBytes } = this;
    return { status: response.headersSent ? response.statusCode : null, sentEvents, sentBytes, ended };
  }
}

function bytesLeft({ breakOff }: Answer, sent: number): number {
  return breakOff?.afterBytes === undefined ? Number.POSITIVE_INFINITY : breakOff.afterBytes - sent;
}

function isBrokenAt({ breakOff }: Answer, events: number, bytes: number): boolean {
  if (breakOff === undefined) return false;
  const { afterEvents, afterBytes } = breakOff;
  if (afterBytes !== undefined) return bytes >= afterBytes;
  return events >= (afterEvents ?? 0);
}
