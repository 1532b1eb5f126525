import type { Behaviour } from '../behaviour.js';
import { generate, piecesOf } from '../generation.js';
import type { Body } from './ask.js';
import type { Chunk, FamilyAnswer } from './invoke.js';

/** Meta Llama's own body: a prompt in, text and counts side by side out. */
export function llama(raw: Buffer, body: Body, behaviour: Behaviour): FamilyAnswer {
  const prompt = String(body.prompt ?? '');
  const limit = typeof body.max_gen_len === 'number' ? body.max_gen_len : null;
  const cached = { read: 0, write5m: 0, write1h: 0 };
  const asked = {
    body: raw,
    promptBytes: prompt.length,
    cached,
    maxOutputTokens: limit,
    isReasoning: false,
    tool: null,
  };
  const { words, usage, isCutShort } = generate(asked, behaviour);
  const stop = isCutShort ? 'length' : 'stop';
  const counts = (prompts: number | null, written: number) =>
    behaviour.hasUsage ? { prompt_token_count: prompts, generation_token_count: written } : {};
  const pieces = piecesOf(words);
  const chunks: Chunk[] = pieces.map((generation, index) => ({
    body: { generation, ...counts(index === 0 ? usage.input : null, index + 1), stop_reason: null },
    tokens: 1,
  }));
  const end: Chunk = { body: { generation: '', ...counts(null, usage.output), stop_reason: stop } };
  const whole = { generation: words.join(' '), ...counts(usage.input, usage.output), stop_reason: stop };
  return { body: whole, chunks: [...chunks, end], billed: usage };
}
