import { parseTraceparent } from '@weir/contracts';
import { authenticate, checkExpiry } from '../access/authenticate.js';
import { authorize, checkPassthrough } from '../access/authorize.js';
import { Refusal } from '../errors.js';
import { applyProvider, openEvent } from '../metering/event.js';
import type { CallTelemetry } from '../telemetry/call-telemetry.js';
import { readAttempt } from './attempt.js';
import { readAttribution } from './attribution.js';
import type { Admitted, Call } from './call.js';
import { type GatewayParts, overloaded } from './gateway-parts.js';
import { type RequestHead, readHead } from './head.js';
import { parseRoute } from './route.js';
import { withTraceparent } from './trace-headers.js';

const METHODS = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']);

/** Everything that can be decided from the request line and the headers; fills in the call on the way. @throws Refusal */
export function admit(call: Call, parts: GatewayParts): Admitted {
  const { req, method, startedAt } = call;
  if (!METHODS.has(method)) {
    throw new Refusal('request_invalid', `The method ${method} is not supported; use the one the upstream API names.`);
  }
  const route = parseRoute(req.url ?? '');
  const head = traced(call, readHead(req, parts.isDropped), parts.telemetry);
  const view = parts.snapshots.current(startedAt);
  const token = authenticate(view, parts.master, head);
  const event = openEvent({
    callId: call.id,
    token: token.config,
    route,
    traceId: call.watch?.trace?.traceId ?? parseTraceparent(head.traceparent)?.traceId ?? null,
    method,
    startedAt,
    snapshotVersion: view.version,
    proxyId: parts.proxyId,
  });
  call.event = event;
  checkExpiry(token, startedAt);
  const provider = authorize(view, token, route.provider);
  call.provider = provider;
  const endpoint = provider.dialect.endpointOf(method, route.callPath);
  applyProvider(event, provider.config, endpoint);
  checkPassthrough(provider, head);
  const attempt = readAttempt(head);
  call.id = attempt.callId ?? call.id;
  Object.assign(event, attempt, { callId: call.id }, readAttribution(head));
  if (parts.metrics.inFlight > parts.maxInFlight) throw overloaded('has too many calls open');
  if (!parts.journal.writable) throw overloaded('cannot record usage at present');
  return { event, token: token.config, provider, endpoint, route, head, maxBytes: view.snapshot.maxBodyBytes };
}

function traced(call: Call, head: RequestHead, telemetry: CallTelemetry | null): RequestHead {
  if (telemetry === null) return head;
  call.watch = telemetry.begin(head);
  const { trace } = call.watch;
  return trace === null ? head : withTraceparent(head, trace.traceparent, trace.parent !== null);
}
