import type { IncomingHttpHeaders as Http2Headers, ServerHttp2Stream } from 'node:http2';
import type { CallRequest } from '../http/exchange.js';

/** One stream's request in the shape of an HTTP/1.1 one, so that both are judged by the same rules. */
export class Http2Request implements CallRequest {
  readonly method: string;
  readonly url: string;
  readonly rawHeaders: string[];
  readonly httpVersionMinor = 0;
  /** As an HTTP/1.1 header section they would be about this long. */
  readonly headerBytes: number;

  /** @param rawHeaders pairs as they came, pseudo-headers first */
  constructor(
    readonly stream: ServerHttp2Stream,
    readonly headers: Http2Headers,
    rawHeaders: readonly string[],
  ) {
    this.method = headers[':method'] ?? '';
    this.url = headers[':path'] ?? '';
    this.headerBytes = rawHeaders.reduce((bytes, text) => bytes + text.length + 2, 0);
    this.rawHeaders = asHttp1(rawHeaders, this.complete, headers['content-length'] !== undefined);
  }

  /** A reset, whatever code it came with, is no end. */
  get complete(): boolean {
    return (this.stream.endAfterHeaders || this.stream.readableEnded) && !this.stream.aborted;
  }

  on(event: string, listener: (chunk: Buffer) => void): this {
    this.stream.on(event, listener);
    return this;
  }

  once(event: string, listener: () => void): this {
    this.stream.once(event, listener);
    return this;
  }

  off(event: string, listener: (chunk: Buffer) => void): this {
    this.stream.off(event, listener);
    return this;
  }

  resume(): this {
    this.stream.resume();
    return this;
  }

  iterator(options: { destroyOnReturn: boolean }): AsyncIterator<Buffer> {
    return this.stream.iterator(options);
  }

  destroy(): this {
    this.stream.destroy();
    return this;
  }
}

/** `:authority` is what `host` was, and a body without a declared length what a chunked one was (RFC 9113 section 8). */
function asHttp1(raw: readonly string[], isEmpty: boolean, isDeclared: boolean): string[] {
  const out: string[] = [];
  let authority: string | null = null;
  for (let at = 0; at < raw.length; at += 2) {
    const name = raw[at] as string;
    const value = raw[at + 1] as string;
    if (name === ':authority') authority = value;
    else if (name.charCodeAt(0) !== 0x3a && !(name === 'host' && value === authority)) out.push(name, value);
  }
  if (authority !== null) out.push('host', authority);
  if (!isEmpty && !isDeclared) out.push('transfer-encoding', 'chunked');
  return out;
}
