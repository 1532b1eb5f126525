import { parentPort } from 'node:worker_threads';
import type { ProviderType } from '@weir/contracts';
import { dialectOf } from '../upstream/dialects.js';
import { type Inspection, inspect } from './inspect.js';

export interface ThreadRequest {
  readonly id: number;
  readonly type: ProviderType;
  readonly endpoint: string;
  readonly callPath: string;
  readonly body: Uint8Array;
}

export interface ThreadAnswer {
  readonly id: number;
  readonly inspection: Inspection;
}

parentPort?.on('message', ({ id, type, endpoint, callPath, body }: ThreadRequest) => {
  const bytes = Buffer.from(body.buffer, body.byteOffset, body.byteLength);
  const inspection = inspect(dialectOf(type), { endpoint, callPath, body: bytes });
  parentPort?.postMessage({ id, inspection } satisfies ThreadAnswer);
});
