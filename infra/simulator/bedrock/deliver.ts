import { createHash } from 'node:crypto';
import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Behaviour } from '../behaviour.js';
import type { BilledUsage } from '../generation.js';
import type { BedrockAnswer, Piece } from './answer.js';
import type { BedrockEntry } from './ledger.js';

export type Delivered = Pick<BedrockEntry, 'status' | 'billed' | 'isUsageSent' | 'sentBytes' | 'sentSha256' | 'ended'>;

/** Sends one answer the way its behaviour says, and tells how that ended. Never rejects. */
export class Delivery {
  private readonly hash = createHash('sha256');
  private readonly gone = new AbortController();
  private sentBytes = 0;
  private isUsageSent = false;
  private billed: BilledUsage | null = null;

  constructor(
    private readonly response: ServerResponse,
    private readonly behaviour: Behaviour,
  ) {
    response.once('close', () => {
      if (!response.writableFinished) this.gone.abort();
    });
  }

  async send(answer: BedrockAnswer): Promise<Delivered> {
    const { response, behaviour } = this;
    try {
      if (behaviour.firstByteMs > 0) await this.wait(behaviour.firstByteMs);
      if (behaviour.answer === 'hang') return await this.untilGone();
      if (behaviour.answer === 'reset') {
        response.socket?.resetAndDestroy();
        return this.done('reset');
      }
      for (const [name, value] of Object.entries(answer.headers)) response.setHeader(name, value);
      if (answer.kind === 'stream') return await this.stream(answer);
      this.billed = answer.billed;
      this.isUsageSent = answer.billed !== null && behaviour.hasUsage;
      const body = Buffer.from(answer.body);
      response.setHeader('content-type', response.getHeader('content-type') ?? 'application/json');
      response.writeHead(answer.status, { 'content-length': body.length });
      await this.write(body);
      return await this.finish();
    } catch (error) {
      if (this.gone.signal.aborted) return this.done('client_closed');
      throw error;
    }
  }

  private async stream(answer: Extract<BedrockAnswer, { kind: 'stream' }>): Promise<Delivered> {
    const { behaviour } = this;
    this.response.writeHead(200, { 'content-type': answer.contentType });
    const pieces = behaviour.end === 'unterminated' ? answer.pieces.filter((p) => !p.isTerminal) : answer.pieces;
    const isWhole = behaviour.end === 'complete' || behaviour.end === 'unterminated';
    this.billed = { ...answer.billed, output: 0, reasoning: 0 };
    for (const piece of pieces.slice(0, isWhole ? pieces.length : Math.floor(pieces.length / 2))) {
      await this.piece(piece);
      const { outputTokens: output } = piece;
      this.billed = { ...answer.billed, output, reasoning: Math.min(answer.billed.reasoning, output) };
      if (behaviour.chunkMs > 0) await this.wait(behaviour.chunkMs);
    }
    if (behaviour.end === 'error') await this.write(answer.fault);
    else if (!isWhole) return this.breakOff();
    return this.finish();
  }

  private async piece({ bytes, statesUsage }: Piece): Promise<void> {
    const step = this.behaviour.writeBytes ?? bytes.length;
    for (let at = 0; at < bytes.length; at += step) {
      await this.write(bytes.subarray(at, at + step));
      // Without a turn of the loop the kernel would get the pieces as one.
      if (this.behaviour.writeBytes !== null) await this.wait(0);
    }
    if (statesUsage) this.isUsageSent = true;
  }

  private async write(bytes: Buffer): Promise<void> {
    this.gone.signal.throwIfAborted();
    this.sentBytes += bytes.length;
    this.hash.update(bytes);
    if (!this.response.write(bytes)) await once(this.response, 'drain', { signal: this.gone.signal });
  }

  private async finish(): Promise<Delivered> {
    const finished = once(this.response, 'finish', { signal: this.gone.signal });
    this.response.end();
    await finished;
    return this.done('completed');
  }

  private async breakOff(): Promise<Delivered> {
    if (this.behaviour.end === 'stall') return this.untilGone();
    // What was written must have left before the connection goes, or the cut would swallow it.
    while ((this.response.socket?.writableLength ?? 0) > 0) await this.wait(1);
    this.response.socket?.destroy();
    return this.done('cut');
  }

  private async untilGone(): Promise<Delivered> {
    if (!this.gone.signal.aborted) await once(this.gone.signal, 'abort');
    return this.done('stalled');
  }

  private async wait(ms: number): Promise<void> {
    await sleep(ms, undefined, { signal: this.gone.signal });
  }

  private done(ended: Delivered['ended']): Delivered {
    const { billed, isUsageSent, sentBytes, response } = this;
    const status = response.headersSent ? response.statusCode : null;
    return { status, billed, isUsageSent, sentBytes, sentSha256: this.hash.digest('hex'), ended };
  }
}
