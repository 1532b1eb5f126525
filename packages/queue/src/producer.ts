import { type JobsOptions, Queue, QueueEvents } from 'bullmq';
import { connect } from './connection.js';

/**
 * A job is retried until it succeeds: what it carries is already durable with its producer, so giving up could only
 * hide it. Completed jobs go soon, since their outcome has been announced and a repeat is harmless at the sink.
 */
const JOB_OPTIONS: JobsOptions = {
  attempts: 1_000_000,
  backoff: { type: 'exponential', delay: 500, jitter: 0.5 },
  removeOnComplete: { count: 100 },
  removeOnFail: false,
};

export type JobState = 'pending' | 'completed' | 'failed' | 'missing';

export interface Producer {
  /** Adds once per `jobId` while that job is still held. Rejects at once when the server is away. */
  add(jobId: string, data: object): Promise<void>;
  state(jobId: string): Promise<JobState>;
  /** What the consumer returned, or undefined when the job is gone or unfinished. */
  result(jobId: string): Promise<unknown>;
  /** Sends a failed job round again. */
  retry(jobId: string): Promise<void>;
  close(): Promise<void>;
}

export interface ProducerOptions {
  readonly url: string;
  readonly queue: string;
  readonly onCompleted: (jobId: string, result: unknown) => void;
  readonly onError: (error: Error) => void;
}

const ADD_TIMEOUT_MS = 10_000;

export function openProducer({ url, queue: name, onCompleted, onError }: ProducerOptions): Producer {
  const commands = connect(url, 'producer', onError);
  const listening = connect(url, 'consumer', onError);
  const options = <C>(connection: C) => ({ connection: connection as never, skipWaitingForReady: true });
  const queue = new Queue(name, options(commands.connection), commands.backend as never);
  const events = new QueueEvents(name, options(listening.connection), listening.backend as never);
  queue.on('error', onError);
  events.on('error', onError);
  events.on('completed', ({ jobId, returnvalue }) => onCompleted(jobId, parseResult(returnvalue)));

  return {
    async add(jobId, data) {
      await withTimeout(queue.add('batch', data, { ...JOB_OPTIONS, jobId }), ADD_TIMEOUT_MS);
    },
    async state(jobId) {
      const state = await withTimeout(queue.getJobState(jobId), ADD_TIMEOUT_MS);
      if (state === 'completed' || state === 'failed') return state;
      return state === 'unknown' ? 'missing' : 'pending';
    },
    async result(jobId) {
      const job = await withTimeout(queue.getJob(jobId), ADD_TIMEOUT_MS);
      return job?.finishedOn ? parseResult(job.returnvalue) : undefined;
    },
    async retry(jobId) {
      const job = await withTimeout(queue.getJob(jobId), ADD_TIMEOUT_MS);
      await job?.retry('failed');
    },
    async close() {
      // A server that is away must not hold up a shutdown: nothing in here is the only copy.
      await Promise.allSettled([withTimeout(events.close(), 2_000), withTimeout(queue.close(), 2_000)]);
      await Promise.allSettled([commands.close(), listening.close()]);
    },
  };
}

function parseResult(value: unknown): unknown {
  if (typeof value !== 'string') return value;
  try {
    return JSON.parse(value);
  } catch {
    return value;
  }
}

function withTimeout<T>(promise: Promise<T>, timeoutMs: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`the queue did not answer within ${timeoutMs} ms`)), timeoutMs);
  });
  return Promise.race([promise, timeout]).finally(() => clearTimeout(timer));
}
