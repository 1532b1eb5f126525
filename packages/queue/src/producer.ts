import { type JobsOptions, Queue, QueueEvents } from 'bullmq';
import { connect } from './connection.js';

/**
 * A job is retried until it succeeds: what it carries is already durable with its producer, so giving up could only
 * hide it. Completed jobs go soon, since their outcome has been announced and a repeat is harmless at the sink.
 */
const JOB_OPTIONS: JobsOptions = {
  attempts: 1_000_000,
  backoff: { type: 'capped' },
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

const ANSWER_TIMEOUT_MS = 10_000;

export function openProducer({ url, queue: name, onCompleted, onError }: ProducerOptions): Producer {
  const commands = connect(url, 'producer', onError);
  const listening = connect(url, 'consumer', onError);
  const events = new QueueEvents(name, { connection: listening.connection as never }, listening.backend as never);
  events.on('error', onError);
  events.on('completed', ({ jobId, returnvalue }) => onCompleted(jobId, parseResult(returnvalue)));

  // BullMQ remembers a failed start for ever, so a queue is made once its server answers, and made anew if that fails.
  let opening: Promise<Queue> | null = null;
  const ready = (): Promise<Queue> => {
    if (!commands.isReady()) return Promise.reject(new Error('the queue server is away'));
    opening ??= open().catch((error: unknown) => {
      opening = null;
      throw error;
    });
    return opening;
  };
  const open = async () => {
    const queue = new Queue(name, { connection: commands.connection as never }, commands.backend as never);
    queue.on('error', onError);
    try {
      await queue.waitUntilReady();
      return queue;
    } catch (error) {
      await queue.close().catch(() => undefined);
      throw error;
    }
  };
  const ask = <T>(question: (queue: Queue) => Promise<T>) => withTimeout(ready().then(question), ANSWER_TIMEOUT_MS);

  return {
    async add(jobId, data) {
      await ask((queue) => queue.add('batch', data, { ...JOB_OPTIONS, jobId }));
    },
    async state(jobId) {
      const state = await ask((queue) => queue.getJobState(jobId));
      if (state === 'completed' || state === 'failed') return state;
      return state === 'unknown' ? 'missing' : 'pending';
    },
    async result(jobId) {
      const job = await ask((queue) => queue.getJob(jobId));
      return job?.finishedOn ? parseResult(job.returnvalue) : undefined;
    },
    async retry(jobId) {
      const job = await ask((queue) => queue.getJob(jobId));
      await job?.retry('failed');
    },
    async close() {
      // A server that is away must not hold up a shutdown: nothing in here is the only copy.
      const queue = opening ? await opening.catch(() => null) : null;
      await Promise.allSettled([withTimeout(events.close(), 2_000), queue && withTimeout(queue.close(), 2_000)]);
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
