import type { Behaviour } from '../behaviour.js';
import { piecesOf } from '../generation.js';
import { type Body, generationFor } from './ask.js';
import { stopReasonOf } from './converse.js';
import type { Chunk, FamilyAnswer } from './invoke.js';

/** Amazon Nova's own body is Converse's, with other names for the cache counts. */
export function nova(raw: Buffer, body: Body, behaviour: Behaviour): FamilyAnswer {
  const generation = generationFor(raw, body, behaviour);
  const { usage: billed, words } = generation;
  const usage = {
    inputTokens: billed.input,
    outputTokens: billed.output,
    totalTokens: billed.input + billed.output,
    cacheReadInputTokenCount: billed.cachedInput,
    cacheWriteInputTokenCount: billed.cacheWrite5m + billed.cacheWrite1h,
  };
  const stated = behaviour.hasUsage ? { usage } : {};
  const stopReason = stopReasonOf(generation);
  const message = { content: [{ text: words.join(' ') }], role: 'assistant' };
  const deltas: Chunk[] = piecesOf(words).map((text) => ({
    body: { contentBlockDelta: { delta: { text }, contentBlockIndex: 0 } },
    tokens: 1,
  }));
  const chunks: Chunk[] = [
    { body: { messageStart: { role: 'assistant' } } },
    ...deltas,
    { body: { contentBlockStop: { contentBlockIndex: 0 } } },
    { body: { messageStop: { stopReason } } },
    { body: { metadata: { ...stated, metrics: {}, trace: {} } } },
  ];
  return { body: { output: { message }, stopReason, ...stated }, chunks, billed };
}
