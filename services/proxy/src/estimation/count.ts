import type { Meter, ProviderType } from '@weir/contracts';
import { answerText, promptText } from '@weir/providers';
import { decoded } from './decoded.js';
import { limitsOf } from './limits.js';
import { type EncodingName, encodingOf, tokenCounter } from './tokens.js';

/** A meter that text can stand in for. */
export type TextMeter = Extract<Meter, 'input' | 'output'>;

/** What is known of a call whose usage is not. */
export interface CountRequest {
  readonly type: ProviderType;
  readonly endpoint: string;
  readonly model: string | null;
  readonly wanted: readonly TextMeter[];
  readonly request: Uint8Array<ArrayBuffer> | null;
  readonly contentEncoding: string;
  readonly answer: Uint8Array<ArrayBuffer>;
}

export interface Estimate {
  readonly estimator: EncodingName;
  /** Never empty. */
  readonly meters: { readonly [M in TextMeter]?: number };
}

/**
 * Counts what can be counted. Nothing where the answer is none of a model's; no input where it holds more than text; no
 * output where nothing was written, or something besides text.
 * @throws where a body cannot be decoded or parsed
 */
export async function countText(call: CountRequest): Promise<Estimate | null> {
  const answer = answerText(decoded(call.contentEncoding, Buffer.from(call.answer.buffer)));
  if (answer === null) return null;
  const body: unknown = call.request === null ? null : JSON.parse(Buffer.from(call.request.buffer).toString('utf8'));
  const prompt = promptText(call.endpoint, body);
  const estimator = encodingOf(call.model);
  const tokensIn = await tokenCounter(estimator);
  const { contextTokens, maxOutputTokens } = limitsOf(call.type, call.model);
  const meters: { [M in TextMeter]?: number } = {};
  if (call.wanted.includes('input') && prompt?.isWhole) {
    const tokens = prompt.texts.reduce((sum, text) => sum + tokensIn(text), prompt.tokens);
    meters.input = Math.min(tokens, contextTokens ?? tokens);
  }
  if (call.wanted.includes('output') && answer.texts.length > 0 && !answer.hasOther) {
    // Pieces of a stream are no tokens of their own: joined, the text is split as it was written.
    const tokens = tokensIn(answer.texts.join(''));
    meters.output = Math.min(tokens, prompt?.maxOutputTokens ?? tokens, maxOutputTokens ?? tokens);
  }
  return Object.keys(meters).length === 0 ? null : { estimator, meters };
}
