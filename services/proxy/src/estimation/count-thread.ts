import { parentPort } from 'node:worker_threads';
import { type CountRequest, countText, type Estimate } from './count.js';

export interface CountQuestion {
  readonly id: number;
  readonly call: CountRequest;
}

export interface CountAnswer {
  readonly id: number;
  readonly estimate: Estimate | null;
}

parentPort?.on('message', ({ id, call }: CountQuestion) => {
  const answer = (estimate: Estimate | null) => parentPort?.postMessage({ id, estimate } satisfies CountAnswer);
  // What a parser says of a body quotes from it, and goes no further than this.
  countText(call).then(answer, () => answer(null));
});
