import { objectOf, textOf } from '../json/value.js';

/** What is read of OpenAI's requests and answers. Everything else on the wire passes unseen. */

export const MODEL_MAX_LENGTH = 255;
export const TIER_MAX_LENGTH = 63;

interface RequestBody {
  readonly model: string | null;
  readonly stream: boolean;
  readonly user: string | null;
  readonly conversation: string | null;
}

/** https://platform.openai.com/docs/api-reference/responses/create: `conversation` is an id or an object with one. */
export function readRequest(body: unknown): RequestBody {
  const request = objectOf(body);
  const conversation = request?.conversation;
  return {
    // Whole, since it decides what is allowed.
    model: textOf(request?.model),
    stream: request?.stream === true,
    user: textOf(request?.user, 255) ?? textOf(request?.safety_identifier, 255),
    conversation: textOf(conversation, 255) ?? textOf(objectOf(conversation)?.id, 255),
  };
}

interface Choices {
  readonly isEmpty: boolean;
  readonly isFinished: boolean;
  readonly hasContent: boolean;
}

/** Members of a chat delta that are written by the model; `role` and an empty `content` come before its first token. */
const GENERATED = ['content', 'reasoning_content', 'reasoning', 'refusal', 'tool_calls', 'function_call', 'audio'];

export function readChoices(value: unknown): Choices | null {
  if (!Array.isArray(value)) return null;
  const choices = value.map(objectOf);
  return {
    isEmpty: choices.length === 0,
    isFinished: choices.some((choice) => typeof choice?.finish_reason === 'string'),
    hasContent: choices.some((choice) => {
      const delta = objectOf(choice?.delta);
      return isGenerated(choice?.text) || GENERATED.some((member) => isGenerated(delta?.[member]));
    }),
  };
}

function isGenerated(value: unknown): boolean {
  if (typeof value === 'string' || Array.isArray(value)) return value.length > 0;
  return objectOf(value) !== null;
}
