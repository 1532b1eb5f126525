import type { Dispatcher } from 'undici';
import { mayEstimate } from '../estimation/fallback.js';
import { applyFacts } from '../metering/event.js';
import type { Recording } from '../recording/recording.js';
import { type ReadBody, readBody } from './body.js';
import type { Admitted, Call } from './call.js';
import { FormModel } from './form-model.js';
import type { GatewayParts } from './gateway-parts.js';
import { outgoing } from './outgoing.js';
import type { RelayCall } from './relay-call.js';
import { ClientGone, readThrough } from './upload.js';

const MODEL_MAX_LENGTH = 255;

/** A call that is ready to be sent on. */
export interface Prepared {
  readonly options: Dispatcher.DispatchOptions;
  readonly relayCall: RelayCall;
}

/** Reads what must be read of a request and makes the one that goes upstream. @throws Refusal, ClientGone */
export async function prepare(
  call: Call,
  admitted: Admitted,
  recording: Recording | null,
  parts: GatewayParts,
): Promise<Prepared> {
  const { req, res, method, startedAt, startMs, watch } = call;
  const { event, provider, endpoint, route, head } = admitted;
  const decidedMs = performance.now();
  const body = await read(call, admitted, parts);
  const waitedMs = performance.now() - decidedMs;
  if (res.destroyed) throw new ClientGone();
  const capture = captureOf(recording, call, admitted, body);
  let isAwaitingClient = true;
  let isUploaded = body?.kind !== 'stream';
  const isModelInForm = endpoint !== 'opaque' && event.requestedModel === null;
  const form = isModelInForm ? FormModel.of(head.contentType) : null;
  const upload = () => {
    goOn(call);
    return readThrough(
      req,
      admitted.maxBytes,
      parts.uploads,
      (chunk) => {
        event.requestBytes += chunk.length;
        capture?.push(chunk);
        form?.push(chunk);
        if (form !== null) event.requestedModel = form.model?.slice(0, MODEL_MAX_LENGTH) ?? null;
      },
      (turn) => {
        isAwaitingClient = turn === 'client';
        isUploaded = turn === 'done';
        if (isUploaded) capture?.end();
      },
    );
  };
  const prepared = outgoing(provider, call.method, route.callPath, head, body, upload);
  const isReady = !(prepared instanceof Promise);
  const { options, filter, alterations, mask } = isReady ? prepared : await prepared;
  if (!isReady && res.destroyed) throw new ClientGone();
  event.alterations = alterations;
  const relayCall = {
    ...{ req, res, method, event, provider, endpoint, startedAt, startMs, watch, filter, mask, recording },
    request: body?.kind === 'whole' && mayEstimate(provider.config, endpoint) ? body.bytes : null,
    addedBeforeMs: performance.now() - startMs - waitedMs,
    isAwaitingClient: () => body?.kind === 'stream' && isAwaitingClient,
    isUploaded: () => isUploaded,
  };
  return { options, relayCall };
}

async function read(call: Call, admitted: Admitted, { inspector, uploads }: GatewayParts): Promise<ReadBody> {
  const { event, provider, endpoint, route, head, maxBytes } = admitted;
  const { req, method } = call;
  const onRead = () => goOn(call);
  const request = { req, method, head, provider, endpoint, callPath: route.callPath, maxBytes, onRead };
  const body = await readBody(request, inspector, uploads, (inspection) => {
    if (inspection.facts !== null) applyFacts(event, inspection.facts);
  });
  if (body?.kind === 'whole') event.requestBytes = body.bytes.length;
  return body;
}

/** Keeps a body that was read; what keeps one that streams through. */
function captureOf(
  recording: Recording | null,
  { req }: Call,
  { head }: Admitted,
  body: ReadBody,
): Recording['request'] {
  const capture = recording?.request ?? null;
  if (capture === null) return null;
  capture.contentType = head.contentType;
  capture.contentEncoding = String(req.headers['content-encoding'] ?? '');
  if (body?.kind === 'whole') capture.keep(body.bytes);
  return capture;
}

function goOn({ res, expectsContinue }: Call): void {
  if (expectsContinue) res.writeContinue();
}
