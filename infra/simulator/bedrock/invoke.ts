import type { Answer } from '../answer.js';
import { createMessage } from '../anthropic/messages.js';
import type { Behaviour } from '../behaviour.js';
import { type BilledUsage, tokensIn } from '../generation.js';
import { chatCompletion } from '../openai/chat.js';
import { type BedrockAnswer, EVENT_STREAM, eventMessage, exceptionMessage, PieceBuilder } from './answer.js';
import type { Body } from './ask.js';
import { llama } from './llama.js';
import type { Asked } from './models.js';
import { nova } from './nova.js';

const CREATED_SECONDS = 1_760_000_000;

/** One chunk of a model's own stream, before Bedrock wraps it. */
export interface Chunk {
  readonly body: object;
  readonly tokens?: number;
  readonly statesUsage?: boolean;
}

/** What a family answers under InvokeModel: its own body, and its own chunks. */
export interface FamilyAnswer {
  readonly body: object;
  readonly chunks: readonly Chunk[];
  readonly billed: BilledUsage;
}

export function invoke(asked: Asked, raw: Buffer, body: Body, behaviour: Behaviour, isStream: boolean): BedrockAnswer {
  const answer = familyAnswer(asked, raw, body, behaviour, isStream);
  return isStream ? streamed(answer, behaviour) : whole(answer, behaviour);
}

function familyAnswer(asked: Asked, raw: Buffer, body: Body, behaviour: Behaviour, isStream: boolean): FamilyAnswer {
  switch (asked.family) {
    case 'nova':
      return nova(raw, body, behaviour);
    case 'llama':
      return llama(raw, body, behaviour);
    case 'titan_embedding':
      return embedding(body);
    default: {
      const call = { method: 'POST', path: '', raw, behaviour, createdSeconds: CREATED_SECONDS };
      const asks = { ...body, model: asked.id.slice(asked.id.lastIndexOf('.') + 1), stream: isStream };
      const usage = { ...asks, stream_options: { include_usage: true } };
      return asked.family === 'anthropic'
        ? ofDialect(createMessage({ ...call, body: asks }))
        : ofDialect(chatCompletion({ ...call, body: usage }));
    }
  }
}

/** Another dialect's answer: its body, or the data of its events. */
function ofDialect(answer: Answer): FamilyAnswer {
  if (answer.kind === 'json') {
    return { body: JSON.parse(answer.body) as object, chunks: [], billed: answer.billed as BilledUsage };
  }
  let written = 0;
  const chunks = answer.events.flatMap(({ text, outputTokens, statesUsage }) => {
    const data = /^data: (\{.*\})$/m.exec(text)?.[1];
    const tokens = outputTokens - written;
    written = outputTokens;
    return data === undefined ? [] : [{ body: JSON.parse(data) as object, tokens, statesUsage }];
  });
  return { body: {}, chunks, billed: answer.billed };
}

function embedding(body: Body): FamilyAnswer {
  const tokens = tokensIn(String(body.inputText ?? '').length);
  const answer = { embedding: [0.125, -0.25, 0.5], inputTextTokenCount: tokens };
  const billed = { input: tokens, cachedInput: 0, cacheWrite5m: 0, cacheWrite1h: 0, output: 0, reasoning: 0 };
  return { body: answer, chunks: [], billed };
}

function whole({ body, billed }: FamilyAnswer, behaviour: Behaviour): BedrockAnswer {
  const writes = billed.cacheWrite5m + billed.cacheWrite1h;
  const headers = {
    'x-amzn-bedrock-invocation-latency': '420',
    'x-amzn-bedrock-input-token-count': String(billed.input),
    'x-amzn-bedrock-output-token-count': String(billed.output),
    'x-amzn-bedrock-cache-read-input-token-count': String(billed.cachedInput),
    'x-amzn-bedrock-cache-write-input-token-count': String(writes),
  };
  return { kind: 'json', status: 200, headers: behaviour.hasUsage ? headers : {}, body: JSON.stringify(body), billed };
}

function streamed({ chunks, billed }: FamilyAnswer, behaviour: Behaviour): BedrockAnswer {
  const stream = new PieceBuilder(billed.output);
  const metrics = {
    inputTokenCount: billed.input,
    outputTokenCount: billed.output,
    invocationLatency: 420,
    firstByteLatency: 150,
    cacheReadInputTokenCount: billed.cachedInput,
    cacheWriteInputTokenCount: billed.cacheWrite5m + billed.cacheWrite1h,
  };
  for (const [index, { body, ...counted }] of chunks.entries()) {
    const isLast = index === chunks.length - 1;
    const statesUsage = counted.statesUsage === true || (isLast && behaviour.hasUsage);
    const sent = isLast && behaviour.hasUsage ? { ...body, 'amazon-bedrock-invocationMetrics': metrics } : body;
    const bytes = Buffer.from(JSON.stringify(sent)).toString('base64');
    stream.add(eventMessage('chunk', { bytes, p: 'abcdefghijklmnop'.slice(0, index % 16) }), {
      ...counted,
      statesUsage,
      isTerminal: isLast,
    });
  }
  return {
    kind: 'stream',
    contentType: EVENT_STREAM,
    headers: { 'x-amzn-bedrock-content-type': 'application/json' },
    pieces: stream.pieces,
    fault: exceptionMessage(
      'modelStreamErrorException',
      'The system encountered an unexpected error during processing.',
    ),
    billed,
  };
}
