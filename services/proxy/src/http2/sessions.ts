import {
  constants,
  createServer,
  type Http2Server,
  type IncomingHttpHeaders,
  type ServerHttp2Session,
  type ServerHttp2Stream,
} from 'node:http2';
import type { Socket } from 'node:net';
import { Http2Answer } from './answer.js';
import { Http2Request } from './request.js';

/** Above what calls may have, so that one with too much is told so; beyond it the stream is reset. */
const MAX_HEADER_LIST_BYTES = 64 * 1024;
const MAX_HEADER_PAIRS = 1_000;
const MAX_STREAMS = 100;
const STREAM_WINDOW_BYTES = 256 * 1024;
const SESSION_WINDOW_BYTES = 1024 * 1024;
/** Resets a client may send at once, and again per second; beyond it the connection goes (CVE-2023-44487). */
const RESET_BURST = 500;
const RESETS_PER_SECOND = 50;
const CLOSE_GRACE_MS = 5_000;

export interface SessionLimits {
  /** For the first call of a connection to arrive. */
  readonly firstCallMs: number;
  /** For which a connection without calls is kept. */
  readonly idleMs: number;
}

export type OnCall = (request: Http2Request, answer: Http2Answer, expectsContinue: boolean) => void;

/** HTTP/2 connections of clients that speak it from the first byte. */
export class Http2Sessions {
  private readonly server: Http2Server;
  private readonly open = new Set<ServerHttp2Session>();
  private isDraining = false;

  constructor(
    private readonly limits: SessionLimits,
    onCall: OnCall,
  ) {
    this.server = createServer({
      maxHeaderListPairs: MAX_HEADER_PAIRS,
      streamResetBurst: RESET_BURST,
      streamResetRate: RESETS_PER_SECOND,
      // What an upstream says twice is passed on twice.
      strictSingleValueFields: false,
      settings: {
        maxConcurrentStreams: MAX_STREAMS,
        maxHeaderListSize: MAX_HEADER_LIST_BYTES,
        initialWindowSize: STREAM_WINDOW_BYTES,
      },
    });
    this.server.on('session', (session) => this.watch(session));
    // Faults of a connection end it and with it its streams; each call hears of that itself.
    this.server.on('sessionError', () => undefined);
    this.server.on('stream', (stream: ServerHttp2Stream, headers, _flags, rawHeaders) => {
      stream.on('error', () => undefined);
      const begin = () => {
        const request = new Http2Request(stream, headers, rawHeaders as unknown as string[]);
        onCall(request, new Http2Answer(request), headers.expect?.toLowerCase() === '100-continue');
      };
      if (isBodyPossible(headers) || stream.endAfterHeaders) begin();
      else this.awaitEnd(stream, begin);
    });
  }

  /** Takes over a connection whose first bytes were put back. */
  take(socket: Socket): void {
    // The port's HTTP/1.1 connections may be half open; on this one there is nothing left to say to a client that ended it.
    socket.allowHalfOpen = false;
    this.server.emit('connection', socket);
  }

  /** Asks clients to make new calls elsewhere; those on their way are still answered (RFC 9113 section 6.8). */
  announceEnd(): void {
    this.isDraining = true;
    for (const session of this.open) announce(session);
  }

  /** Takes no further calls; the running ones come to their end. */
  closeWhenDone(): void {
    for (const session of this.open) if (!session.closed) session.close();
  }

  destroy(): void {
    // Without an error, running streams would come to an orderly end.
    const error = new Error('the proxy stops');
    for (const session of this.open) session.destroy(error, constants.NGHTTP2_INTERNAL_ERROR);
  }

  /** Some clients end a request that has no body in a frame of its own; only what comes next tells. */
  private awaitEnd(stream: ServerHttp2Stream, begin: () => void): void {
    const timer = setTimeout(() => stream.destroy(), this.limits.firstCallMs).unref();
    stream.once('close', () => clearTimeout(timer));
    stream.once('readable', () => {
      clearTimeout(timer);
      if (stream.readableLength === 0) stream.resume().once('end', begin);
      else begin();
    });
  }

  private watch(session: ServerHttp2Session): void {
    this.open.add(session);
    session.setLocalWindowSize(SESSION_WINDOW_BYTES);
    let streams = 0;
    let timer = setTimeout(() => end(session), this.limits.firstCallMs).unref();
    session.on('stream', (stream) => {
      streams++;
      clearTimeout(timer);
      stream.once('close', () => {
        streams--;
        if (streams === 0 && !session.destroyed) {
          clearTimeout(timer);
          timer = setTimeout(() => end(session), this.limits.idleMs).unref();
        }
      });
    });
    session.once('close', () => {
      clearTimeout(timer);
      this.open.delete(session);
    });
    if (this.isDraining) announce(session);
  }
}

function isBodyPossible(headers: IncomingHttpHeaders): boolean {
  const method = headers[':method'];
  return (method !== 'GET' && method !== 'HEAD') || headers['content-length'] !== undefined;
}

function announce(session: ServerHttp2Session): void {
  if (!session.destroyed && !session.closed) session.goaway(constants.NGHTTP2_NO_ERROR, 2 ** 31 - 1);
}

function end(session: ServerHttp2Session): void {
  session.close();
  setTimeout(() => session.destroy(), CLOSE_GRACE_MS).unref();
}
