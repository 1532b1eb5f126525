import { type IncomingMessage, STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import type { SnapshotToken } from '@weir/contracts';
import type { ModelNames } from '@weir/providers';
import { checkModel } from '../access/authorize.js';
import { Refusal } from '../errors.js';
import { sendRefusal } from '../http/error-response.js';
import type { CallRequest, CallResponse } from '../http/exchange.js';
import type { RequestHead } from '../http/head.js';
import { responseHeaders } from '../http/headers.js';
import { outgoing } from '../http/outgoing.js';
import { writeHead } from '../http/response.js';
import { queryValues } from '../http/route.js';
import { ClientGone } from '../http/upload.js';
import type { CredentialMask } from '../metering/credential-mask.js';
import { applyReading, cut, type OpenEvent } from '../metering/event.js';
import { Tap } from '../metering/tap.js';
import type { SessionRecording } from '../recording/session/session-recording.js';
import type { ServedProvider } from '../snapshot/snapshot.js';
import type { CallWatch } from '../telemetry/call-trace.js';
import { DialFailed, type Dialled, dial } from './dial.js';
import { handshakeOf } from './handshake.js';
import { ModelGuard } from './model-guard.js';
import { Session } from './session.js';
import { Admission, type Sessions } from './sessions.js';
import type { TurnRecorder } from './turns.js';

/** Errors of a handshake are short; more than this is none. */
const MAX_ANSWER_BYTES = 1024 * 1024;

export interface SessionRequest {
  readonly req: CallRequest;
  readonly res: CallResponse;
  readonly client: Socket;
  readonly event: OpenEvent;
  readonly token: SnapshotToken;
  readonly provider: ServedProvider;
  readonly endpoint: string;
  readonly callPath: string;
  readonly head: RequestHead;
  readonly method: string;
  readonly startedAt: number;
  readonly startMs: number;
  /** null: no collector is told of it. */
  readonly watch: CallWatch | null;
}

export interface SessionOwner {
  readonly sessions: Sessions;
  /** How long a client may take nothing of what is there for it. */
  readonly writeStallMs: number;
  /** A client is gone in the middle of a turn that is to be read on; false when too much is already. */
  beginDrain(): boolean;
  endDrain(): void;
  /** Writes events of sessions and their turns. `open` throws Refusal `overloaded` when it cannot. */
  recorderOf(request: SessionRequest, mask: CredentialMask): TurnRecorder;
  /** null: nothing that is said in the session is recorded. */
  recordingOf(callId: string, provider: () => ServedProvider, endpoint: string): SessionRecording | null;
}

/**
 * Takes a request for a WebSocket to the upstream, and relays what comes of it. Resolves once the session runs, or an
 * answer in HTTP was passed on. @throws Refusal, ClientGone; with nothing recorded yet
 */
export async function openSession(request: SessionRequest, owner: SessionOwner): Promise<void> {
  const { provider, endpoint, callPath, head, event, client, token } = request;
  const models = [...queryValues(callPath, 'model'), ...queryValues(callPath, 'deployment')];
  event.requestedModel = models[0] === undefined ? null : cut(models[0], 255);
  event.streamed = true;
  const { headers, isCompressionDeclined } = handshakeOf(head);
  const names = provider.dialect.sessionModels?.(endpoint) ?? null;
  checkModels(provider, endpoint, models, names);
  const { options, alterations, mask } = await outgoing(
    provider,
    'GET',
    callPath,
    { ...head, forward: headers },
    null,
    none,
  );
  event.alterations = isCompressionDeclined ? [...alterations, 'compression_declined'] : alterations;
  if (client.destroyed) throw new ClientGone();
  const recorder = owner.recorderOf(request, mask);
  recorder.open(event);
  const gone = new AbortController();
  const leave = () => gone.abort();
  client.once('close', leave);
  provider.pool.lease();
  if (request.watch !== null) request.watch.sentMs = performance.now();
  try {
    const dialled = await dial(provider, { path: options.path, headers, signal: gone.signal });
    describe(event, provider, dialled.head);
    if (dialled.kind === 'open') {
      const admission = new Admission(token, provider, models, event.callId);
      const guard = names === null ? null : new ModelGuard(names, () => admission.provider);
      return begin({ ...request, guard, recorder, admission }, dialled, owner);
    }
    await passOn(request, dialled.head, recorder);
    provider.pool.release();
  } catch (error) {
    provider.pool.release();
    if (gone.signal.aborted) throw new ClientGone();
    if (!(error instanceof DialFailed)) throw error;
    tell(request, error, recorder);
  } finally {
    client.off('close', leave);
  }
}

/** A request for a WebSocket has no body. */
async function* none(): AsyncGenerator<Buffer> {}

function describe(event: OpenEvent, { dialect }: ServedProvider, { headers, statusCode }: IncomingMessage): void {
  const upstreamId = headers[dialect.requestIdHeader];
  event.upstreamRequestId = upstreamId === undefined ? null : cut(String(upstreamId), 255);
  event.upstreamStatus = statusCode ?? null;
  event.status = event.upstreamStatus;
}

/** What cannot be read cannot be allowed. @throws Refusal `model_not_allowed` */
function checkModels(
  provider: ServedProvider,
  endpoint: string,
  models: readonly string[],
  names: ModelNames | null,
): void {
  // Its answers name their models one by one.
  const isNamedLater = endpoint === 'responses.session' && models.length === 0;
  if (!isNamedLater) checkModel(provider, null, models, false);
  if (provider.models === null || names !== null) return;
  throw new Refusal(
    'model_not_allowed',
    `What runs in a session of this kind cannot be read, and provider “${provider.config.name}” exposes only some models.`,
  );
}

interface AgreedSession extends SessionRequest {
  readonly guard: ModelGuard | null;
  readonly recorder: TurnRecorder;
  readonly admission: Admission;
}

function begin(
  { client, event, provider, endpoint, callPath, startMs, guard, recorder, admission }: AgreedSession,
  { head, socket, first }: Extract<Dialled, { kind: 'open' }>,
  owner: SessionOwner,
): void {
  const fields = ['connection', 'Upgrade', 'upgrade', 'websocket', 'x-weir-request-id', event.callId];
  responseHeaders(head.headers, fields);
  const lines = fields.flatMap((name, at) => (at % 2 === 0 ? [`${name}: ${fields[at + 1]}`] : []));
  client.write([`HTTP/1.1 101 ${STATUS_CODES[101]}`, ...lines, '', ''].join('\r\n'), 'latin1');
  const session = new Session({
    ...{ event, provider, client, upstream: socket, recorder, startMs, guard },
    recording: owner.recordingOf(event.callId, () => admission.provider, endpoint),
    reader: provider.dialect.sessionReader?.(endpoint, callPath) ?? null,
    writeStallMs: owner.writeStallMs,
    beginDrain: () => owner.beginDrain(),
    endDrain: () => owner.endDrain(),
    retirementFor: (refusal) => admission.retirementFor(refusal),
    onOver: () => {
      owner.sessions.delete(session);
      provider.pool.release();
    },
  });
  owner.sessions.add(session, admission);
  session.start(first);
}

/** The upstream would not switch: its answer goes on as that of any other call. */
async function passOn(
  { req, res, event, provider, endpoint, startMs }: SessionRequest,
  answer: IncomingMessage,
  recorder: TurnRecorder,
): Promise<void> {
  const status = answer.statusCode ?? 502;
  const head = { status, contentType: answer.headers['content-type'] ?? '' };
  const tap = Tap.for(provider.dialect.usageReader(endpoint, head), answer.headers['content-encoding'] ?? '');
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of answer as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > MAX_ANSWER_BYTES) break;
    tap?.push(chunk);
    chunks.push(chunk);
  }
  if (tap !== null) {
    await new Promise<void>((resolve) => tap.end(resolve));
    const reading = tap.read(true);
    applyReading(event, reading);
    event.errorCode = reading.errorCode === null ? null : cut(reading.errorCode, 127);
  }
  event.streamed = false;
  event.outcome = status >= 400 ? 'upstream_error' : 'completed';
  event.responseBytes = size;
  event.durationMs = performance.now() - startMs;
  recorder.close(event, null);
  writeHead(req, res, status, answer.headers, event.callId, false, true);
  if (size > MAX_ANSWER_BYTES) res.destroy();
  else res.end(Buffer.concat(chunks));
}

function tell(
  { req, res, event, provider, startMs }: SessionRequest,
  { fault }: DialFailed,
  recorder: TurnRecorder,
): void {
  event.outcome = fault.outcome;
  event.errorCode = fault.refusal.code;
  event.durationMs = performance.now() - startMs;
  event.status = sendRefusal(req, res, provider.dialect, fault.refusal, event.callId, true);
  recorder.close(event, null);
}
