import type { ServerResponse } from 'node:http';
import { startUpstream, type TestUpstream } from '../support/upstream.js';
import type { UpstreamAnswer } from './answers.js';

export interface SteppedUpstream extends TestUpstream {
  /** Answers under way, in the order they were asked for. */
  readonly answers: SteppedAnswer[];
}

/** An answer that goes on only when it is told to. */
export class SteppedAnswer {
  private next = 0;

  constructor(
    private readonly res: ServerResponse,
    private readonly answer: UpstreamAnswer,
  ) {}

  /** Sends the head, and with it this many pieces more. */
  send(pieces: number): void {
    if (!this.res.headersSent) this.res.writeHead(200, this.answer.headers);
    this.res.flushHeaders();
    for (const piece of this.answer.pieces.slice(this.next, this.next + pieces)) this.res.write(piece);
    this.next += pieces;
  }

  /** Sends what is left. */
  finish(): void {
    this.send(this.answer.pieces.length);
    this.res.end();
  }
}

export async function steppedUpstream(answer: UpstreamAnswer): Promise<SteppedUpstream> {
  const answers: SteppedAnswer[] = [];
  const upstream = await startUpstream((_req, res) => answers.push(new SteppedAnswer(res, answer)));
  return Object.assign(upstream, { answers });
}
