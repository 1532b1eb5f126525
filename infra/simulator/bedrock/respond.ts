import type { Behaviour } from '../behaviour.js';
import { tokensIn } from '../generation.js';
import { chatCompletion } from '../openai/chat.js';
import type { BedrockAnswer } from './answer.js';
import type { Body } from './ask.js';
import { converse, converseStream } from './converse.js';
import { AwsFailure } from './failure.js';
import { invoke } from './invoke.js';
import type { Asked, Models } from './models.js';

const CREATED_SECONDS = 1_760_000_000;
const NATIVE = /^\/model\/([^/]+)\/([a-z-]+)$/;
const CHAT = '/openai/v1/chat/completions';

/** One operation on a model, or on a list of them. */
export interface Operation {
  readonly name: string;
  readonly asked: Asked | null;
  readonly isStream: boolean;
}

/** @throws AwsFailure for what this service does not know */
export function operationOf(method: string, path: string, body: Body, models: Models): Operation {
  const native = method === 'POST' ? NATIVE.exec(path) : null;
  if (native !== null) {
    const name = native[2] as string;
    const asked = models.resolve(decodeURIComponent(native[1] as string));
    return { name, asked, isStream: name === 'converse-stream' || name === 'invoke-with-response-stream' };
  }
  if (method === 'POST' && path === CHAT) {
    const asked = models.resolve(String(body.model ?? ''));
    return { name: 'chat', asked, isStream: body.stream === true };
  }
  if (method === 'GET' && (path === '/foundation-models' || path === '/inference-profiles')) {
    return { name: path.slice(1), asked: null, isStream: false };
  }
  throw new AwsFailure(404, 'UnknownOperationException', `Unknown operation: ${method} ${path}`);
}

export function answerTo(operation: Operation, raw: Buffer, body: Body, behaviour: Behaviour): BedrockAnswer {
  const asked = operation.asked as Asked;
  switch (operation.name) {
    case 'converse':
      return checked(asked) && converse(raw, body, behaviour);
    case 'converse-stream':
      return checked(asked) && converseStream(raw, body, behaviour);
    case 'invoke':
    case 'invoke-with-response-stream':
      return invoke(asked, raw, body, behaviour, operation.isStream);
    case 'count-tokens':
      return json({ inputTokens: tokensIn(JSON.stringify(body.input ?? {}).length) });
    case 'chat':
      return chat(raw, body, behaviour);
    default:
      throw new AwsFailure(404, 'UnknownOperationException', `Unknown operation: ${operation.name}`);
  }
}

export function json(body: object): BedrockAnswer {
  return { kind: 'json', status: 200, headers: {}, body: JSON.stringify(body), billed: null };
}

function checked({ family, id }: Asked): true {
  if (family !== 'titan_embedding') return true;
  const message = `The model ${id} is not supported by the Converse API.`;
  throw new AwsFailure(400, 'ValidationException', message);
}

function chat(raw: Buffer, body: Body, behaviour: Behaviour): BedrockAnswer {
  const call = { method: 'POST', path: CHAT, raw, body, behaviour, createdSeconds: CREATED_SECONDS };
  const answer = chatCompletion(call);
  if (answer.kind === 'json') return { ...answer, headers: {} };
  const pieces = answer.events.map(({ text, ...event }) => ({ ...event, bytes: Buffer.from(text) }));
  return {
    kind: 'stream',
    contentType: 'text/event-stream',
    headers: {},
    pieces,
    fault: Buffer.from(answer.errorEvent),
    billed: answer.billed,
  };
}
