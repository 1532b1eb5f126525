import { type Answer, type Call, StreamBuilder } from '../answer.js';
import { type BilledUsage, piecesOf } from '../generation.js';
import { isSearching, type Written, writtenFor } from './ask.js';
import type { GoogleCall } from './route.js';

const THOUGHT = '**Reading the gauge**';
const QUERIES = ['river level', 'weir height', 'river level', ''];

export function generateContent(call: Call, google: GoogleCall): Answer {
  const answer = new GoogleAnswer(call, google);
  return {
    kind: 'json',
    status: 200,
    body: `${JSON.stringify(answer.whole(), null, 2)}\n`,
    billed: answer.written.generation.usage,
  };
}

/** With `alt=sse` server-sent events, without it one JSON array, element by element. */
export function streamGenerateContent(call: Call, google: GoogleCall): Answer {
  const answer = new GoogleAnswer(call, google);
  const isSse = call.query?.get('alt') === 'sse';
  const { hasUsage } = call.behaviour;
  const stream = new StreamBuilder(answer.written.generation);
  const chunks = answer.chunks();
  for (const [index, { tokens, isLast, make }] of chunks.entries()) {
    const soFar = Math.min(answer.written.generation.usage.output, stream.written + tokens);
    const chunk = make(soFar);
    const text = isSse
      ? `data: ${JSON.stringify(chunk)}\n\n`
      : `${index === 0 ? '[' : ',\n'}${JSON.stringify(chunk, null, 2)}`;
    stream.add(text, { tokens, statesUsage: hasUsage, isTerminal: isLast });
  }
  if (!isSse) stream.add('\n]\n', { isTerminal: true });
  const error = {
    error: { code: 503, message: 'The model is overloaded. Please try again later.', status: 'UNAVAILABLE' },
  };
  return {
    kind: 'stream',
    contentType: isSse ? 'text/event-stream' : 'application/json; charset=UTF-8',
    events: stream.events,
    errorEvent: isSse ? `data: ${JSON.stringify(error)}\n\n` : `,\n${JSON.stringify(error, null, 2)}]`,
    billed: answer.written.generation.usage,
  };
}

interface Chunk {
  /** Output tokens it adds. */
  readonly tokens: number;
  readonly isLast: boolean;
  make(outputSoFar: number): object;
}

class GoogleAnswer {
  readonly written: Written;
  private readonly model: string;

  constructor(
    private readonly call: Call,
    private readonly google: GoogleCall,
  ) {
    this.model = google.model ?? '';
    this.written = writtenFor(call.raw, this.model, call.body, call.behaviour);
  }

  whole(): object {
    const { generation } = this.written;
    return this.response([...this.thoughts(), ...this.parts()], generation.usage.output, true);
  }

  chunks(): Chunk[] {
    const { generation } = this.written;
    const { reasoning } = generation.usage;
    const chunk = (parts: object[], tokens: number, isLast = false): Chunk => ({
      tokens,
      isLast,
      make: (soFar) => this.response(parts, soFar, isLast),
    });
    const opening = reasoning > 0 ? [chunk(this.thoughts(), reasoning)] : [];
    if (generation.toolCall) return [...opening, chunk(this.parts(), generation.usage.output - reasoning, true)];
    const words = piecesOf(generation.words).map((text) => chunk([{ text }], 1));
    return [...opening, ...words, chunk([{ text: '' }], 0, true)];
  }

  private thoughts(): object[] {
    const config = this.call.body.generationConfig as { thinkingConfig?: { includeThoughts?: boolean } } | undefined;
    const isShown = config?.thinkingConfig?.includeThoughts === true && this.written.generation.usage.reasoning > 0;
    return isShown ? [{ text: THOUGHT, thought: true }] : [];
  }

  private parts(): object[] {
    const { toolCall, words } = this.written.generation;
    if (!toolCall) return [{ text: words.join(' ') }];
    return [{ functionCall: { name: toolCall.name, args: JSON.parse(toolCall.arguments) as unknown } }];
  }

  private response(parts: object[], outputSoFar: number, isLast: boolean): object {
    const { generation } = this.written;
    const finish = isLast && { finishReason: generation.isCutShort ? 'MAX_TOKENS' : 'STOP' };
    const grounding = isLast && isSearching(this.call.body) && { groundingMetadata: { webSearchQueries: QUERIES } };
    const candidate = { content: { parts, role: 'model' }, ...finish, ...grounding, index: 0 };
    return {
      candidates: [candidate],
      ...(this.call.behaviour.hasUsage && { usageMetadata: this.usage(outputSoFar) }),
      modelVersion: this.model,
      responseId: generation.id,
    };
  }

  /** Google's prompt includes what was cached, its candidates leave out the thoughts, and zeros are not written. */
  private usage(outputSoFar: number): object {
    const { generation, prompt, toolUseTokens } = this.written;
    const { input, cachedInput, reasoning } = generation.usage satisfies BilledUsage;
    const thoughts = Math.min(reasoning, outputSoFar);
    const candidates = outputSoFar - thoughts;
    const promptTokens = input + cachedInput - toolUseTokens;
    const images = Math.min(prompt.imageTokens, promptTokens);
    return {
      promptTokenCount: promptTokens,
      ...(candidates > 0 && { candidatesTokenCount: candidates }),
      totalTokenCount: promptTokens + toolUseTokens + outputSoFar,
      ...(cachedInput > 0 && { cachedContentTokenCount: cachedInput }),
      promptTokensDetails: [
        { modality: 'TEXT', tokenCount: promptTokens - images },
        ...(images > 0 ? [{ modality: 'IMAGE', tokenCount: images }] : []),
      ],
      ...(cachedInput > 0 && { cacheTokensDetails: [{ modality: 'TEXT', tokenCount: cachedInput }] }),
      ...(toolUseTokens > 0 && { toolUsePromptTokenCount: toolUseTokens }),
      ...(thoughts > 0 && { thoughtsTokenCount: thoughts }),
      ...(this.google.api === 'vertex' ? { trafficType: 'ON_DEMAND' } : { serviceTier: 'standard' }),
    };
  }
}
