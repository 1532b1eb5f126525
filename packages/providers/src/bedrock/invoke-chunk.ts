import { errorCodeOf as anthropicErrorOf } from '../anthropic/error.js';
import type { MemberScanner } from '../json/member-scanner.js';
import { readChoices } from '../openai/wire.js';

/** Members that a family's chunk holds what the model wrote in: Nova, Llama, Titan, older Claude, Cohere, Mistral. */
const TEXTS = ['generation', 'outputText', 'completion', 'text', 'outputs'];

export const GENERATED_PATHS: readonly string[] = ['contentBlockDelta', 'choices', ...TEXTS];

/** Set in the last chunk of Llama, Titan and Cohere, null or absent before. */
const ENDS = ['stop_reason', 'completionReason', 'finish_reason'];

export const END_PATHS: readonly string[] = ENDS;

/** Whether a chunk is the last one that its model's family sends, or the one that states the totals. */
export function isEnd(type: unknown, members: MemberScanner): boolean {
  if (type === 'message_stop' || members.text('metadata.usage')?.startsWith('{')) return true;
  // OpenAI's way: usage comes once, at the end. Anthropic's chunks have a type.
  if (type === undefined && members.text('usage')?.startsWith('{')) return true;
  return ENDS.some((name) => typeof members.value(name) === 'string');
}

/** Whether a chunk of a model's stream carries generated content. */
export function isGenerated(type: unknown, members: MemberScanner): boolean {
  if (type === 'content_block_delta' || members.text('contentBlockDelta')?.startsWith('{')) return true;
  if (TEXTS.some((name) => isFilled(members.text(name)))) return true;
  return readChoices(members.value('choices'))?.hasContent ?? false;
}

/** A string or a list with something in it. */
function isFilled(json: string | null): boolean {
  if (json === null || json === '""') return false;
  if (json.startsWith('"')) return true;
  return json.startsWith('[') && /"text":\s*"[^"]/.test(json);
}

/** Anthropic's `error` event inside a chunk. */
export function chunkError(type: unknown, members: MemberScanner): string | null {
  return type === 'error' ? (anthropicErrorOf(members.value('error')) ?? 'error') : null;
}
