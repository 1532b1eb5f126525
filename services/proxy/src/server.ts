import { createServer, type IncomingMessage, type Server, ServerResponse } from 'node:http';
import { Server as NetServer, type Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { newId } from '@weir/contracts';
import { Refusal } from './errors.js';
import { guessDialect, refuseConnection, sendRefusal } from './http/error-response.js';
import { Gateway } from './http/gateway.js';
import type { GatewayParts } from './http/gateway-parts.js';
import { tellApart } from './http2/preface.js';
import { Http2Sessions } from './http2/sessions.js';
import { asksForWebSocket } from './realtime/handshake.js';

const MAX_HEADER_BYTES = 16 * 1024;
const HEADERS_TIMEOUT_MS = 10_000;
const HTTP2_IDLE_MS = 60_000;
const CHECKPOINT_MS = 2_000;
const TICK_MS = 50;
const IDLE_GRACE_MS = 2_000;
const DRAIN_POLL_MS = 50;
/** For the last counts, once everything else has ended. */
const ESTIMATE_GRACE_MS = 2_000;

export interface ProxyServer {
  /** Not listening yet. */
  readonly server: Server;
  readonly gateway: Gateway;
  /** Lets running calls finish until `deadlineMs` on the monotonic clock, then cuts the rest. Every call has its event when it resolves. */
  drain(acceptMs: number, deadlineMs: () => number): Promise<void>;
}

/** @param http2IdleMs how long an HTTP/2 connection without calls is kept; its clients expect that to be longer */
export function createProxy(
  parts: GatewayParts,
  keepAliveMs: number,
  http2IdleMs = Math.max(keepAliveMs, HTTP2_IDLE_MS),
): ProxyServer {
  const gateway = new Gateway(parts);
  const server = createServer({
    maxHeaderSize: MAX_HEADER_BYTES,
    insecureHTTPParser: false,
    headersTimeout: HEADERS_TIMEOUT_MS,
    // Bodies are held to a pace instead of a length of time.
    requestTimeout: 0,
    connectionsCheckingInterval: 1_000,
    keepAliveTimeout: keepAliveMs,
    noDelay: true,
    // Looked at with the other headers, and refused in the caller's dialect.
    requireHostHeader: false,
    shouldUpgradeCallback: asksForWebSocket,
  });
  // 0: all of them. Any other limit makes Node hide what comes after it, framing headers included, instead of refusing.
  server.maxHeadersCount = 0;
  const answers = new WeakMap<Duplex, Set<ServerResponse>>();
  const undecided = new Set<Socket>();
  let connections = 0;
  const sessions = new Http2Sessions(
    { firstCallMs: HEADERS_TIMEOUT_MS, idleMs: http2IdleMs },
    (req, res, expectsContinue) => {
      if (req.headerBytes <= MAX_HEADER_BYTES) void gateway.handle(req, res, expectsContinue);
      else sendRefusal(req, res, guessDialect(req), headersTooLarge(), newId(), false);
    },
  );
  const http1 = server.listeners('connection') as ((socket: Socket) => void)[];
  const takeHttp1 = (socket: Socket) => {
    const open = new Set<ServerResponse>();
    answers.set(socket, open);
    socket.once('close', () => {
      // Node tells only the first of several pipelined answers that their connection is gone.
      for (const res of open) {
        res.destroy();
        res.emit('close');
      }
    });
    for (const listener of http1) listener.call(server, socket);
  };
  // Node's own listener speaks HTTP/1.1 at once; here the first bytes choose.
  server.removeAllListeners('connection');
  server.on('connection', (socket: Socket) => {
    connections++;
    undecided.add(socket);
    socket.once('close', () => {
      connections--;
      undecided.delete(socket);
    });
    tellApart(
      socket,
      HEADERS_TIMEOUT_MS,
      (version) => {
        undecided.delete(socket);
        if (version === 'http2') sessions.take(socket);
        else takeHttp1(socket);
      },
      () => refuseConnection(socket, tooSlow()),
    );
  });
  const handle = (req: IncomingMessage, res: ServerResponse, expectsContinue: boolean) => {
    const open = answers.get(req.socket);
    open?.add(res);
    res.once('close', () => open?.delete(res));
    void gateway.handle(req, res, expectsContinue);
  };
  server.on('request', (req, res) => handle(req, res, false));
  server.on('checkContinue', (req, res) => handle(req, res, true));
  server.on('checkExpectation', (req, res) => handle(req, res, true));
  server.on('upgrade', (req, socket: Socket, first: Buffer) => {
    socket.on('error', () => undefined);
    if (first.length > 0) socket.unshift(first);
    // Until the upstream has agreed, the answer may still be one in HTTP.
    const res = new ServerResponse(req);
    res.assignSocket(socket);
    res.once('finish', () => socket.destroySoon());
    handle(req, res, false);
  });
  server.on('connect', (_req, socket: Duplex) => {
    refuseConnection(socket, new Refusal('request_invalid', 'CONNECT is not supported; call a proxy URL directly.'));
  });
  server.on('clientError', (error: NodeJS.ErrnoException, socket) => {
    // Bytes that are no request, behind one that is being answered: words of ours would end up inside that answer.
    if ((answers.get(socket)?.size ?? 0) > 0) socket.destroy();
    else refuseConnection(socket, refusalFor(error));
  });
  const checkpoints = setInterval(() => gateway.checkpoint(), CHECKPOINT_MS).unref();
  const ticks = setInterval(() => gateway.tick(performance.now()), TICK_MS).unref();

  return {
    server,
    gateway,
    async drain(acceptMs, deadlineMs) {
      gateway.isDraining = true;
      const startMs = performance.now();
      await until(() => performance.now() - startMs >= acceptMs || performance.now() >= deadlineMs());
      // http.Server's own close would drop idle connections at once, and with them requests that are on their way.
      NetServer.prototype.close.call(server);
      const closedMs = performance.now();
      sessions.announceEnd();
      await until(() => {
        gateway.sessions.retire();
        if (performance.now() - closedMs >= IDLE_GRACE_MS) {
          server.closeIdleConnections();
          sessions.closeWhenDone();
          for (const socket of undecided) socket.destroy();
        }
        return (connections === 0 && gateway.drains === 0) || performance.now() >= deadlineMs();
      });
      for (const relay of [...gateway.relays]) relay.interrupt();
      gateway.sessions.interrupt();
      clearInterval(checkpoints);
      clearInterval(ticks);
      server.closeAllConnections();
      sessions.destroy();
      for (const socket of undecided) socket.destroy();
      await until(() => parts.metrics.inFlight === 0);
      const countedByMs = performance.now() + (deadlineMs() > 0 ? ESTIMATE_GRACE_MS : 0);
      await until(() => gateway.settlement.pending === 0 || performance.now() >= countedByMs);
      await parts.estimator.close();
      await until(() => gateway.settlement.pending === 0);
      await parts.inspector.close();
      parts.uploads.close();
    },
  };
}

function refusalFor({ code }: NodeJS.ErrnoException): Refusal {
  if (code === 'HPE_HEADER_OVERFLOW') {
    return headersTooLarge();
  }
  if (code === 'ERR_HTTP_REQUEST_TIMEOUT') return tooSlow();
  return new Refusal('request_invalid', 'This is not a valid HTTP/1.1 request; use an HTTP client library.');
}

function headersTooLarge(): Refusal {
  return new Refusal('headers_too_large', `The headers are larger than ${MAX_HEADER_BYTES} bytes; send less in them.`);
}

function tooSlow(): Refusal {
  return new Refusal('request_invalid', 'The headers did not arrive within 10 seconds; check the network.');
}

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, DRAIN_POLL_MS));
}
