import { Worker } from 'node:worker_threads';
import type { ProviderTypeDefinition } from '@weir/providers';
import { Refusal } from '../errors.js';
import { type InspectInput, type Inspection, inspect } from './inspect.js';
import type { ThreadAnswer, ThreadRequest } from './inspect-thread.js';

/** 256 KiB of small JSON objects hold the loop for about 5 ms; anything above is read on a thread. */
const INLINE_MAX_BYTES = 256 * 1024;

interface Waiting {
  readonly resolve: (inspection: Inspection) => void;
  readonly reject: (error: Error) => void;
}

/** Reads request bodies: small ones at once, large ones on one thread that starts with the first of them. */
export class Inspector {
  private thread: Worker | null = null;
  private nextId = 1;
  private readonly waiting = new Map<number, Waiting>();

  constructor(private readonly threadUrl = new URL('./inspect-thread.js', import.meta.url)) {}

  inspect(dialect: ProviderTypeDefinition, input: InspectInput): Inspection | Promise<Inspection> {
    if (input.body.length <= INLINE_MAX_BYTES) return inspect(dialect, input);
    const { endpoint, callPath } = input;
    // Posting copies the bytes, which the call still needs for itself.
    const body = new Uint8Array(input.body.buffer, input.body.byteOffset, input.body.length).slice();
    const message: ThreadRequest = { id: this.nextId++, type: dialect.type, endpoint, callPath, body };
    return new Promise((resolve, reject) => {
      this.waiting.set(message.id, { resolve, reject });
      this.worker().postMessage(message, [body.buffer]);
    });
  }

  async close(): Promise<void> {
    await this.thread?.terminate();
  }

  private worker(): Worker {
    if (this.thread) return this.thread;
    const thread = new Worker(this.threadUrl);
    this.thread = thread;
    thread.unref();
    thread.on('message', ({ id, inspection }: ThreadAnswer) => {
      const { replacement } = inspection;
      const bytes = replacement && Buffer.from(replacement.buffer, replacement.byteOffset, replacement.byteLength);
      this.waiting.get(id)?.resolve({ ...inspection, replacement: bytes });
      this.waiting.delete(id);
    });
    const fail = (cause: unknown) => {
      if (this.thread === thread) this.thread = null;
      const error = new Refusal(
        'overloaded',
        'The request body could not be read just now; send the call again.',
        cause,
      );
      for (const { reject } of this.waiting.values()) reject(error);
      this.waiting.clear();
    };
    thread.on('error', fail);
    thread.on('exit', fail);
    return thread;
  }
}
