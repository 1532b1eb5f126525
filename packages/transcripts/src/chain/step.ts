import type { Message, Role } from '../message/message.js';
import type { Part } from '../message/part.js';
import { canonicalJson } from '../pieces/canonical.js';
import { withoutElements } from './without-elements.js';

/** What agents put beside a person's words and change or take away later. */
export const REMINDERS = [
  ...['system-reminder', 'system_reminder', 'reminder', 'environment_details', 'environment_context'],
  ...['ide_opened_file', 'ide_selection', 'session_context'],
];
/** Thinking in the middle of text, which clients cut out before they send it back. */
const THINKING = ['think', 'thinking'];

/**
 * A message as far as it stays the same when it is sent again, step by step. Left out: white space, reminders, reasoning,
 * ids, instructions, what tools answered (it is truncated and compacted) and what media hold.
 */
export function stepsOf({ role, parts }: Message): string[] {
  if (role === 'system') return [];
  const steps: string[] = [];
  let text = '';
  const flush = () => {
    const words = wordsOf(role, text);
    if (words !== '') steps.push(`${role}:text:${words}`);
    text = '';
  };
  for (const part of parts) {
    if (part.type === 'text' || part.type === 'refusal') {
      text += part.content;
      continue;
    }
    const step = otherStep(part);
    if (step === null) continue;
    flush();
    steps.push(`${role}:${step}`);
  }
  flush();
  return steps;
}

function otherStep(part: Part): string | null {
  switch (part.type) {
    case 'tool_call':
      return `call:${part.name}:${canonicalJson(part.arguments)}`;
    case 'tool_call_response':
      return 'response';
    case 'blob':
    case 'uri':
    case 'file':
      return `media:${part.modality}`;
    default:
      return null;
  }
}

/** The text that counts. */
export function wordsOf(role: Role, text: string): string {
  return withoutElements(text, role === 'assistant' ? [...REMINDERS, ...THINKING] : REMINDERS).replace(/\s+/g, '');
}
