import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Fields, fieldsOf } from './protobuf.js';

export type Values = Record<string, string | number | boolean>;

export interface ReceivedSpan {
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId: string;
  readonly traceState: string;
  readonly name: string;
  /** 2 server, 3 client, 4 producer, 5 consumer. */
  readonly kind: number;
  /** UTC epoch ms. */
  readonly startMs: number;
  readonly endMs: number;
  readonly attributes: Values;
  /** 2 error. */
  readonly status: number;
  readonly links: readonly { readonly traceId: string; readonly spanId: string }[];
  readonly resource: Values;
}

export interface ReceivedPoint {
  readonly metric: string;
  readonly unit: string;
  readonly attributes: Values;
  readonly count: number;
  readonly sum: number;
  readonly bounds: readonly number[];
}

export interface OtlpReceiver {
  readonly endpoint: string;
  readonly spans: ReceivedSpan[];
  readonly points: ReceivedPoint[];
  /** Everything that came, as it came. */
  readonly bodies: Buffer[];
  /** Status of its answers; null = it never answers. */
  status: number | null;
  close(): Promise<void>;
}

/** A collector: takes OTLP over HTTP in protobuf and reads it (https://github.com/open-telemetry/opentelemetry-proto). */
export async function startOtlpReceiver(): Promise<OtlpReceiver> {
  const server = createServer((req, res) => {
    const chunks: Buffer[] = [];
    req.on('data', (chunk: Buffer) => chunks.push(chunk));
    req.on('end', () => {
      const body = Buffer.concat(chunks);
      receiver.bodies.push(body);
      if (receiver.status === null) return;
      if (receiver.status === 200) {
        if (req.url === '/v1/traces') receiver.spans.push(...spansIn(body));
        if (req.url === '/v1/metrics') receiver.points.push(...pointsIn(body));
      }
      res.writeHead(receiver.status, { 'content-type': 'application/x-protobuf' }).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const receiver: OtlpReceiver = {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    spans: [],
    points: [],
    bodies: [],
    status: 200,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return receiver;
}

function valuesOf(fields: Fields, number: number): Values {
  return Object.fromEntries(
    fields.messages(number).map((pair) => {
      const value = pair.messages(2)[0];
      const read = value?.text(1) ?? value?.flag(2) ?? value?.integer(3) ?? value?.double(4) ?? '';
      return [pair.text(1) ?? '', read];
    }),
  );
}

function spansIn(body: Buffer): ReceivedSpan[] {
  return fieldsOf(body)
    .messages(1)
    .flatMap((group) => {
      const resource = valuesOf(group.messages(1)[0] ?? fieldsOf(Buffer.alloc(0)), 1);
      return group
        .messages(2)
        .flatMap((scope) => scope.messages(2))
        .map((span) => ({
          ...{ traceId: span.hex(1), spanId: span.hex(2), traceState: span.text(3) ?? '', parentSpanId: span.hex(4) },
          ...{ name: span.text(5) ?? '', kind: span.integer(6) ?? 0, attributes: valuesOf(span, 9), resource },
          ...{ startMs: span.fixed(7) / 1e6, endMs: span.fixed(8) / 1e6 },
          links: span.messages(13).map((link) => ({ traceId: link.hex(1), spanId: link.hex(2) })),
          status: span.messages(15)[0]?.integer(3) ?? 0,
        }));
    });
}

function pointsIn(body: Buffer): ReceivedPoint[] {
  const metrics = fieldsOf(body)
    .messages(1)
    .flatMap((group) => group.messages(2).flatMap((scope) => scope.messages(2)));
  return metrics.flatMap((metric) =>
    metric
      .messages(9)
      .flatMap((histogram) => histogram.messages(1))
      .map((point) => ({
        ...{ metric: metric.text(1) ?? '', unit: metric.text(3) ?? '', attributes: valuesOf(point, 9) },
        ...{ count: point.fixed(4), sum: point.double(5) ?? 0, bounds: point.doubles(7) },
      })),
  );
}
