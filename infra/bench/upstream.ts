import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ANSWER, EVENTS_PER_SECOND, monotonicMs, STREAM_END, streamEvent } from './wire.js';

/**
 * The upstream of all three ways: answers at once, or streams at a fixed pace. Streams are spread over slots of the
 * interval, so that events do not come in bursts.
 */
const SLOTS = 20;
const SLOT_MS = 1_000 / EVENTS_PER_SECOND / SLOTS;

interface Stream {
  readonly response: ServerResponse;
  left: number;
}

const slots: Set<Stream>[] = Array.from({ length: SLOTS }, () => new Set());
const startMs = performance.now();
let turns = 0;

function sendDue(): void {
  // Timers run late; the pace is held by counting turns, not by waiting.
  while (startMs + turns * SLOT_MS <= performance.now()) {
    const streams = slots[turns++ % SLOTS] as Set<Stream>;
    for (const stream of streams) {
      stream.response.write(streamEvent(monotonicMs()));
      if (--stream.left > 0) continue;
      streams.delete(stream);
      stream.response.end(STREAM_END);
    }
  }
}

setInterval(sendDue, 1);

let nextSlot = 0;

const server = createServer({ keepAliveTimeout: 120_000, requestTimeout: 0 }, (request, response) => {
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', () => {
    const body = Buffer.concat(chunks);
    if (!body.includes('"stream":true')) {
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': ANSWER.length });
      response.end(ANSWER);
      return;
    }
    const stream: Stream = { response, left: (JSON.parse(body.toString()) as { max_tokens: number }).max_tokens };
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    const streams = slots[nextSlot++ % SLOTS] as Set<Stream>;
    streams.add(stream);
    response.once('close', () => streams.delete(stream));
  });
});

server.listen(Number(process.argv[2] ?? 0), '127.0.0.1', () => {
  process.send?.({ port: (server.address() as AddressInfo).port });
});
