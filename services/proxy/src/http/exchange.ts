import type { IncomingHttpHeaders } from 'node:http';

/** A request on its way in, whatever version of HTTP it came by. Node's `IncomingMessage` is one. */
export interface CallRequest {
  readonly method?: string | undefined;
  /** The request target as it was sent. */
  readonly url?: string | undefined;
  readonly headers: IncomingHttpHeaders;
  readonly rawHeaders: string[];
  readonly httpVersionMinor: number;
  /** The body has come to its own end. */
  readonly complete: boolean;
  on(event: 'data', listener: (chunk: Buffer) => void): CallRequest;
  on(event: 'end' | 'close', listener: () => void): CallRequest;
  once(event: 'close', listener: () => void): CallRequest;
  off(event: 'data', listener: (chunk: Buffer) => void): CallRequest;
  off(event: 'end' | 'close', listener: () => void): CallRequest;
  resume(): CallRequest;
  iterator(options: { destroyOnReturn: boolean }): AsyncIterator<Buffer>;
  destroy(): CallRequest;
}

/** An answer on its way out. Node's `ServerResponse` is one. */
export interface CallResponse {
  readonly destroyed: boolean;
  readonly headersSent: boolean;
  readonly writableEnded: boolean;
  readonly writableLength: number;
  writeHead(status: number, headers: string[]): CallResponse;
  flushHeaders(): void;
  /** `onTaken` runs once the connection has taken the bytes, with an error where it never will. */
  write(chunk: Buffer, onTaken: (error?: Error | null) => void): boolean;
  end(chunk?: Buffer): CallResponse;
  writeContinue(): void;
  destroy(): CallResponse;
  once(event: 'close' | 'drain', listener: () => void): CallResponse;
}
