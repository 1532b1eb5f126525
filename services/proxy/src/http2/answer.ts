import { constants, type ServerHttp2Stream } from 'node:http2';
import type { CallResponse } from '../http/exchange.js';
import type { Http2Request } from './request.js';

const { NGHTTP2_CANCEL, NGHTTP2_INTERNAL_ERROR, NGHTTP2_NO_ERROR } = constants;
const CUT_OFF_MS = 5_000;
const NOTHING = Buffer.alloc(0);

/** One stream's answer. */
export class Http2Answer implements CallResponse {
  headersSent = false;
  private readonly stream: ServerHttp2Stream;

  constructor(private readonly request: Http2Request) {
    this.stream = request.stream;
    this.stream.on('timeout', () => this.abandon(NGHTTP2_CANCEL));
    // Where the connection itself is gone Node ends its streams, but waits for what they have yet to send.
    this.stream.on('aborted', () => process.nextTick(() => this.stream.destroy()));
  }

  get destroyed(): boolean {
    return this.stream.destroyed || this.stream.closed;
  }

  get writableEnded(): boolean {
    return this.stream.writableEnded;
  }

  get writableLength(): number {
    return this.stream.writableLength;
  }

  /** @throws what Node refuses to write */
  writeHead(status: number, headers: string[]): this {
    if (this.destroyed) return this;
    const pairs = [':status', String(status)];
    for (let at = 0; at < headers.length; at += 2) {
      // The one field about the connection that is ever added here; closing it is the session's affair.
      if (headers[at] !== 'connection') pairs.push(headers[at] as string, headers[at + 1] as string);
    }
    this.stream.respond(pairs as never);
    this.headersSent = true;
    return this;
  }

  /** They went with `writeHead`. */
  flushHeaders(): void {}

  write(chunk: Buffer, onTaken: (error?: Error | null) => void): boolean {
    return this.destroyed || this.stream.writableEnded || this.stream.write(chunk, onTaken);
  }

  end(chunk?: Buffer): this {
    if (this.destroyed) return this;
    if (!this.stream.writableEnded) this.stream.end(chunk);
    // Whatever is still to come of the request is not wanted (RFC 9113 section 8.1); sent once the answer is out.
    if (!this.request.complete) this.stream.close(NGHTTP2_NO_ERROR);
    return this;
  }

  writeContinue(): void {
    if (!this.destroyed) this.stream.additionalHeaders({ ':status': 100 });
  }

  destroy(): this {
    this.abandon(NGHTTP2_INTERNAL_ERROR);
    return this;
  }

  once(event: 'close' | 'drain', listener: () => void): this {
    this.stream.once(event, listener);
    return this;
  }

  /** Resets the stream after what was already passed on, so that the client sees that the rest is missing. */
  cut(): void {
    const { stream } = this;
    if (this.destroyed) return;
    stream.write(NOTHING, () => this.abandon(NGHTTP2_INTERNAL_ERROR));
    setTimeout(() => this.abandon(NGHTTP2_INTERNAL_ERROR), CUT_OFF_MS).unref();
  }

  /** Gives up on a client that takes nothing for so long; 0 takes the limit off. */
  limitStall(ms: number): void {
    this.stream.setTimeout(ms);
  }

  private abandon(code: number): void {
    const { stream } = this;
    // Closing ends the stream first, and an orderly end would overtake the reset.
    stream._final = (callback) => callback(null);
    stream.close(code);
    stream.destroy();
  }
}
