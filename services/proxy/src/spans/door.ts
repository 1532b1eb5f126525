import { type MasterKey, REFUSALS } from '@weir/contracts';
import { authenticate, checkExpiry } from '../access/authenticate.js';
import { Refusal } from '../errors.js';
import type { Call } from '../http/call.js';
import { answerRefused } from '../http/error-response.js';
import { overloaded } from '../http/gateway-parts.js';
import { type RequestHead, readHead } from '../http/head.js';
import type { IsDropped } from '../http/headers.js';
import { ClientGone, checkDeclaredLength, readWhole, type UploadWatch } from '../http/upload.js';
import type { Metrics } from '../metrics/metrics.js';
import type { SnapshotHolder } from '../snapshot/holder.js';
import type { Delivery } from './intake.js';
import { accepted, CONTENT_TYPES, type Encoding, refused } from './otlp/answer.js';
import type { Spans } from './spans.js';

export const OTLP_PREFIX = '/otlp/';
const TRACES = '/otlp/v1/traces';
/** As it is sent, packed or not. */
const MAX_BODY_BYTES = 32 * 1024 * 1024;
const RETRY_AFTER_SECONDS = '5';

export interface SpanDoorParts {
  readonly master: MasterKey;
  readonly snapshots: SnapshotHolder;
  readonly metrics: Metrics;
  readonly uploads: UploadWatch;
  readonly isDropped: IsDropped;
  readonly maxInFlight: number;
  readonly spans: Spans;
}

/**
 * Takes in spans that agents send by OTLP/HTTP (https://opentelemetry.io/docs/specs/otlp/#otlphttp). Answered with 200 once what
 * is kept of them is in the spool.
 */
export class SpanDoor {
  constructor(private readonly parts: SpanDoorParts) {}

  /** Never rejects. @param closeAfter the connection is not to be used again */
  async handle(call: Call, closeAfter: boolean): Promise<void> {
    const { req, res } = call;
    let encoding = encodingOf(req.headers['content-type']) ?? 'json';
    try {
      const head = readHead(req, this.parts.isDropped);
      encoding = encodingOf(head.contentType) ?? encoding;
      const delivery = await this.read(call, head);
      const outcome = await this.parts.spans.deliver(delivery);
      if ('full' in outcome) throw overloaded('has no room for more spans at present; they are to be sent again');
      if ('refused' in outcome) throw new Refusal(outcome.refused, outcome.message);
      this.parts.metrics.spans(outcome);
      const body = accepted(encoding, outcome.rejected, outcome.message);
      const length = ['content-length', String(body.length), 'x-weir-request-id', call.id];
      res.writeHead(200, ['content-type', CONTENT_TYPES[encoding], ...length, ...(closeAfter ? CLOSE : [])]);
      res.end(body);
    } catch (error) {
      if (error instanceof ClientGone || res.destroyed) res.destroy();
      else this.refuse(call, encoding, error, closeAfter);
    }
  }

  /** @throws Refusal @throws ClientGone */
  private async read({ req, res, method, startedAt, expectsContinue }: Call, head: RequestHead): Promise<Delivery> {
    const { snapshots, master, metrics, uploads, maxInFlight } = this.parts;
    const token = authenticate(snapshots.current(startedAt), master, head);
    checkExpiry(token, startedAt);
    checkTarget(req.url ?? '', method);
    const encoding = encodingOf(head.contentType);
    if (encoding === null) throw invalid('“content-type” must be application/x-protobuf or application/json');
    const coding = String(req.headers['content-encoding'] ?? 'identity').toLowerCase();
    if (coding !== 'gzip' && coding !== 'identity') throw invalid('“content-encoding” must be gzip, or be left out');
    checkDeclaredLength(head.contentLength, MAX_BODY_BYTES);
    if (metrics.inFlight > maxInFlight) throw overloaded('has too many calls open');
    if (expectsContinue) res.writeContinue();
    const body = await readWhole(req, MAX_BODY_BYTES, uploads);
    const { projectId, environment, appId, app } = token.config;
    return { projectId, environment, appId, app, receivedAt: startedAt, encoding, isGzip: coding === 'gzip', body };
  }

  private refuse(call: Call, encoding: Encoding, error: unknown, closeAfter: boolean): void {
    const refusal = error instanceof Refusal ? error : new Refusal('overloaded', 'The proxy failed to take spans in.');
    const status = REFUSALS[refusal.code];
    this.parts.metrics.refusal(refusal.code);
    answerRefused(call.req, call.res, {
      ...{ code: refusal.code, status, requestId: call.id, closeAfter: closeAfter || call.expectsContinue },
      ...{ contentType: CONTENT_TYPES[encoding], body: refused(encoding, status, refusal.message) },
      retryAfter: RETRY_AFTER_SECONDS,
    });
  }
}

const CLOSE = ['connection', 'close'];

function encodingOf(contentType: string | undefined): Encoding | null {
  const type = (contentType ?? '').split(';', 1)[0]?.trim().toLowerCase();
  if (type === CONTENT_TYPES.protobuf) return 'protobuf';
  return type === CONTENT_TYPES.json ? 'json' : null;
}

/** @throws Refusal `provider_unknown`, `request_invalid` */
function checkTarget(target: string, method: string): void {
  if (target.split('?', 1)[0] !== TRACES) {
    throw new Refusal(
      'provider_unknown',
      `Weir takes traces at ${TRACES} and nothing else by OTLP; set OTEL_METRICS_EXPORTER and OTEL_LOGS_EXPORTER to “none”, or to another endpoint.`,
    );
  }
  if (method !== 'POST') throw invalid('traces are sent by POST');
}

function invalid(what: string): Refusal {
  return new Refusal('request_invalid', `The request is no OTLP export: ${what}.`);
}
