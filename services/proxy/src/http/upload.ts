import { Refusal } from '../errors.js';
import type { CallRequest } from './exchange.js';

const WINDOW_MS = 10_000;
const SWEEP_MS = 1_000;
const MIN_BYTES_PER_WINDOW = 10 * 1024;

/** The client went away before its request was complete. */
export class ClientGone extends Error {
  constructor() {
    super('the client closed the connection before the request was complete');
  }
}

/** One request body on its way in. */
interface Upload {
  /** False while the upstream, not the client, holds things up. */
  isAwaited: boolean;
  windowStartMs: number;
  windowBytes: number;
  readonly onTooSlow: () => void;
}

/** Cuts off bodies that crawl in at less than 1 KiB/s over 10 s. One timer serves all of them. */
export class UploadWatch {
  private readonly uploads = new Set<Upload>();
  private readonly timer = setInterval(() => this.sweep(performance.now()), SWEEP_MS).unref();

  add(onTooSlow: () => void): Upload {
    const upload = { isAwaited: true, windowStartMs: performance.now(), windowBytes: 0, onTooSlow };
    this.uploads.add(upload);
    return upload;
  }

  remove(upload: Upload): void {
    this.uploads.delete(upload);
  }

  close(): void {
    clearInterval(this.timer);
  }

  sweep(nowMs: number): void {
    for (const upload of this.uploads) {
      if (!upload.isAwaited) {
        upload.windowStartMs = nowMs;
        upload.windowBytes = 0;
      } else if (nowMs - upload.windowStartMs >= WINDOW_MS) {
        if (upload.windowBytes < MIN_BYTES_PER_WINDOW) {
          this.uploads.delete(upload);
          upload.onTooSlow();
        }
        upload.windowStartMs = nowMs;
        upload.windowBytes = 0;
      }
    }
  }
}

function tooLarge(maxBytes: number): Refusal {
  return new Refusal('body_too_large', `The request body is larger than ${maxBytes} bytes; send less in one call.`);
}

function tooSlow(): Refusal {
  return new Refusal('request_invalid', 'The request body arrived too slowly; check the network and send it again.');
}

/** @throws Refusal `body_too_large` by the declared length alone. */
export function checkDeclaredLength(contentLength: number | null, maxBytes: number): void {
  if (contentLength !== null && contentLength > maxBytes) throw tooLarge(maxBytes);
}

/** The whole body. @throws Refusal `body_too_large`, `request_invalid` (too slow) @throws ClientGone */
export function readWhole(req: CallRequest, maxBytes: number, watch: UploadWatch): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    const settle = (error: Error | null) => {
      watch.remove(upload);
      req.off('data', onData).off('end', onEnd).off('close', onClose);
      if (error) reject(error);
      else resolve(chunks.length === 1 ? (chunks[0] as Buffer) : Buffer.concat(chunks, size));
    };
    const onData = (chunk: Buffer) => {
      size += chunk.length;
      upload.windowBytes += chunk.length;
      if (size > maxBytes) settle(tooLarge(maxBytes));
      else chunks.push(chunk);
    };
    const onEnd = () => settle(req.complete ? null : new ClientGone());
    const onClose = () => settle(new ClientGone());
    const upload = watch.add(() => settle(tooSlow()));
    req.on('data', onData).on('end', onEnd).on('close', onClose);
  });
}

/** Who holds a body up; `done`: all of it has come. */
export type UploadTurn = 'client' | 'upstream' | 'done';

/** The body as it comes, counted. Ends with an error like `readWhole`; `onBytes` sees each chunk before it goes on. */
export async function* readThrough(
  req: CallRequest,
  maxBytes: number,
  watch: UploadWatch,
  onBytes: (chunk: Buffer) => void,
  onTurn: (turn: UploadTurn) => void,
): AsyncGenerator<Buffer> {
  let size = 0;
  let slow = false;
  const upload = watch.add(() => {
    slow = true;
    req.destroy();
  });
  try {
    const chunks: AsyncIterator<Buffer> = req.iterator({ destroyOnReturn: false });
    for (;;) {
      upload.isAwaited = true;
      onTurn('client');
      const next = await chunks.next().catch(() => null);
      upload.isAwaited = false;
      onTurn('upstream');
      if (next === null) throw slow ? tooSlow() : new ClientGone();
      if (next.done) {
        if (!req.complete) throw new ClientGone();
        onTurn('done');
        return;
      }
      size += next.value.length;
      upload.windowBytes += next.value.length;
      if (size > maxBytes) throw tooLarge(maxBytes);
      onBytes(next.value);
      yield next.value;
    }
  } finally {
    watch.remove(upload);
  }
}
