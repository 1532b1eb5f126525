import { randomBytes, randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  deriveMasterKey,
  mintToken,
  recordingSettings,
  type SecretSlot,
  type Snapshot,
  type SnapshotProvider,
  type SnapshotToken,
  sealSecret,
  type UsageBatch,
  type UsageEvent,
  usageEvent,
} from '@weir/contracts';
import type { Producer } from '@weir/queue';
import type { Telemetry } from '@weir/telemetry';
import { Estimator } from '../../src/estimation/estimator.js';
import { requestHeaderRule } from '../../src/http/headers.js';
import { Inspector } from '../../src/http/inspector.js';
import { UploadWatch } from '../../src/http/upload.js';
import { openJournal } from '../../src/journal/index.js';
import { Metrics } from '../../src/metrics/metrics.js';
import { Recorder } from '../../src/recording/recorder.js';
import { createProxy } from '../../src/server.js';
import { SnapshotHolder } from '../../src/snapshot/holder.js';
import { parseSnapshot } from '../../src/snapshot/snapshot.js';
import { Spans } from '../../src/spans/spans.js';
import { CallTelemetry } from '../../src/telemetry/call-telemetry.js';
import { CREDENTIAL_HEADERS } from '../../src/upstream/dialects.js';
import { Upstreams, type UpstreamsOptions } from '../../src/upstream/dispatcher.js';

export const master = deriveMasterKey(randomBytes(32).toString('base64'));
export const PROJECT = randomUUID();
const APP = randomUUID();

export type ProviderInput = Partial<SnapshotProvider> & {
  readonly name: string;
  readonly baseUrl: string;
  /** Value of its API key. */
  readonly secret?: string;
  /** Other secrets, each sealed for the base URL's origin unless it says otherwise. */
  readonly slots?: Partial<
    Record<SecretSlot, { readonly value: string; readonly origin?: string; readonly version?: number }>
  >;
};

/** A provider as the control plane would publish it. */
export function provider({ secret, slots, ...input }: ProviderInput): SnapshotProvider {
  const id = input.id ?? randomUUID();
  const projectId = input.projectId ?? PROJECT;
  const wanted = { ...slots, ...(secret === undefined ? {} : { api_key: { value: secret } }) };
  const credentials: SnapshotProvider['credentials'] = {};
  for (const [slot, { value, origin = new URL(input.baseUrl).origin, version = 1 }] of Object.entries(wanted)) {
    const identity = { secretId: slot === 'api_key' ? 'KEY' : slot.toUpperCase(), version };
    const sealed = sealSecret(master, value, { ...identity, projectId, providerId: id, origin });
    credentials[slot as SecretSlot] = { ...identity, origin, sealed };
  }
  return {
    type: 'openai',
    enabled: true,
    credentialKind: secret === undefined ? 'none' : 'api_key',
    credentials,
    settings: {},
    passthrough: false,
    environments: [],
    models: [],
    recordInputs: false,
    recordOutputs: false,
    recording: recordingSettings.parse({}),
    onClientClose: 'cancel',
    drainMs: 30_000,
    usageFallback: 'none',
    timeouts: { connectMs: 2_000, firstByteMs: 10_000, idleMs: 10_000 },
    ...input,
    id,
    projectId,
  };
}

/** A token and its entry in the snapshot. */
export function token(input: Partial<SnapshotToken> = {}): { readonly text: string; readonly entry: SnapshotToken } {
  const minted = mintToken(master);
  return {
    text: minted.token,
    entry: {
      id: randomUUID(),
      publicId: minted.publicId,
      digest: minted.digest,
      projectId: PROJECT,
      environment: 'production',
      appId: APP,
      app: 'shop',
      providers: null,
      expiresAt: null,
      ...input,
    },
  };
}

let lastVersion = 0;

export function snapshotOf(parts: Partial<Snapshot> & Pick<Snapshot, 'providers' | 'tokens'>): Snapshot {
  const allowedHosts = parts.providers.map(({ baseUrl }) => {
    const url = new URL(baseUrl);
    return `${url.hostname}:${url.port || (url.protocol === 'http:' ? 80 : 443)}`;
  });
  const version = ++lastVersion;
  return { format: 1, version, createdAt: Date.now(), allowedHosts, maxBodyBytes: 32 * 1024 * 1024, ...parts };
}

export interface RunningProxy {
  readonly home: string;
  readonly origin: string;
  readonly port: number;
  readonly metrics: Metrics;
  readonly uploads: UploadWatch;
  readonly gateway: ReturnType<typeof createProxy>['gateway'];
  /** Puts a snapshot in force, as the worker process does. */
  publish(snapshot: Snapshot): void;
  /** Waits until this many events have left the journal for the queue; each is checked against the contract. */
  events(count: number): Promise<UsageEvent[]>;
  /** The event of a call. */
  eventOf(requestId: string | null | undefined): Promise<UsageEvent>;
  drain(acceptMs: number, deadlineMs: () => number): Promise<void>;
  isListening(): boolean;
  close(): Promise<void>;
}

export interface ProxyOptions extends UpstreamsOptions {
  readonly snapshot?: Snapshot;
  readonly maxInFlight?: number;
  readonly maxDrains?: number;
  readonly writeStallMs?: number;
  readonly http2IdleMs?: number;
  readonly countThread?: URL;
  readonly countLimitMs?: number;
  /** Where it keeps its files; a new directory that goes with it otherwise. */
  readonly home?: string;
  /** Where recorded calls are shipped to; nobody listens there otherwise, and they stay in the spool. */
  readonly transcriptQueueUrl?: string;
  readonly transcriptSpoolBytes?: number;
  readonly transcriptMemoryBytes?: number;
  readonly recordThread?: URL;
  readonly maxWaitingRecordings?: number;
  /** Where spans are shipped to; nobody listens there otherwise. */
  readonly spanQueueUrl?: string;
  readonly spanSpoolBytes?: number;
  readonly spanMemoryBytes?: number;
  readonly spanThread?: URL;
  /** What a collector is told; nothing otherwise. */
  readonly telemetry?: Telemetry | null;
}

const RECORD_THREAD = new URL('../../dist/recording/record-thread.js', import.meta.url);
const SPAN_THREAD = new URL('../../dist/spans/span-thread.js', import.meta.url);
const COUNT_THREAD = new URL('../../dist/estimation/count-thread.js', import.meta.url);

/** A whole proxy process but for the cluster around it: real sockets, a real journal, and the queue's end in memory. */
export async function startProxy(options: ProxyOptions = {}): Promise<RunningProxy> {
  const home = options.home ?? mkdtempSync(join(tmpdir(), 'weir-proxy-'));
  const shipped: UsageEvent[] = [];
  const log = () => undefined;
  const { journal, close: closeJournal } = openJournal({
    directory: join(home, 'slot-0'),
    name: 'test',
    log,
    cutEveryMs: 5,
    openQueue: (onCompleted) => sink(shipped, onCompleted),
  });
  const upstreams = new Upstreams(options);
  const telemetry = options.telemetry ? new CallTelemetry(options.telemetry) : null;
  const snapshots = new SnapshotHolder(master, upstreams);
  const metrics = new Metrics();
  const uploads = new UploadWatch();
  const recorder = new Recorder({
    ...{
      metrics,
      log,
      directory: join(home, 'transcripts', 'slot-0'),
      adopted: [],
      threadUrl: options.recordThread ?? RECORD_THREAD,
    },
    quotaBytes: options.transcriptSpoolBytes ?? 64 * 1024 * 1024,
    queueUrl: options.transcriptQueueUrl ?? 'redis://127.0.0.1:1',
    maxHeldBytes: options.transcriptMemoryBytes,
    maxWaiting: options.maxWaitingRecordings,
    diskFreeBytes: 0,
  });
  const spans = new Spans({
    ...{ log, directory: join(home, 'spans', 'slot-0'), adopted: [], threadUrl: options.spanThread ?? SPAN_THREAD },
    ...{ quotaBytes: options.spanSpoolBytes ?? 64 * 1024 * 1024, maxHeldBytes: options.spanMemoryBytes },
    ...{ queueUrl: options.spanQueueUrl ?? 'redis://127.0.0.1:1', diskFreeBytes: 0 },
  });
  const proxy = createProxy(
    {
      master,
      snapshots,
      journal,
      metrics,
      inspector: new Inspector(new URL('../../dist/http/inspect-thread.js', import.meta.url)),
      estimator: new Estimator(options.countThread ?? COUNT_THREAD, options.countLimitMs),
      recorder,
      spans,
      telemetry,
      uploads,
      isDropped: requestHeaderRule(CREDENTIAL_HEADERS),
      proxyId: 'test-0',
      maxInFlight: options.maxInFlight ?? 10_000,
      maxDrains: options.maxDrains ?? 1_000,
      writeStallMs: options.writeStallMs ?? 60_000,
      log: (level, message, fields) => {
        if (level === 'error') console.error(message, fields);
      },
    },
    5_000,
    options.http2IdleMs,
  );
  const publish = (snapshot: Snapshot) => {
    snapshots.apply(parseSnapshot(JSON.stringify(snapshot)), Date.now());
  };
  if (options.snapshot) publish(options.snapshot);
  await new Promise<void>((resolve) => proxy.server.listen(0, '127.0.0.1', resolve));
  const { port } = proxy.server.address() as AddressInfo;
  let isDrained = false;
  const drain = async (acceptMs: number, deadlineMs: () => number) => {
    isDrained = true;
    await proxy.drain(acceptMs, deadlineMs);
  };
  const events = async (count: number) => {
    await until(() => shipped.length >= count, `${count} events (there are ${shipped.length})`);
    return shipped.map((event) => usageEvent.parse(event));
  };
  return {
    home,
    origin: `http://127.0.0.1:${port}`,
    port,
    metrics,
    uploads,
    gateway: proxy.gateway,
    publish,
    events,
    async eventOf(requestId) {
      const find = () => shipped.find(({ callId }) => callId === requestId);
      await until(() => find() !== undefined, `the event of call ${requestId}`);
      return usageEvent.parse(find());
    },
    drain,
    isListening: () => proxy.server.listening,
    async close() {
      if (!isDrained) await drain(0, () => 0);
      await Promise.all([closeJournal(50), recorder.close(0), spans.close(0)]);
      upstreams.close();
      if (options.home === undefined) rmSync(home, { recursive: true, force: true });
    },
  };
}

/** The queue's end: what a worker would store. */
function sink(shipped: UsageEvent[], onCompleted: (jobId: string, result: unknown) => void): Producer {
  return {
    async add(jobId, data) {
      const batch = data as UsageBatch;
      shipped.push(...(JSON.parse(batch.body) as UsageEvent[]));
      setImmediate(() => onCompleted(jobId, { batchId: batch.batchId, stored: batch.events, quarantined: 0 }));
    },
    state: async () => 'completed',
    result: async () => undefined,
    retry: async () => undefined,
    close: async () => undefined,
  };
}

/** Waits for a condition; what is waited for is named when it does not come. */
export async function until(condition: () => boolean, what: string, withinMs = 10_000): Promise<void> {
  const deadline = performance.now() + withinMs;
  while (!condition()) {
    if (performance.now() > deadline) throw new Error(`waited in vain for ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}
