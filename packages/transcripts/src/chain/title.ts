import type { Message } from '../message/message.js';
import type { Part } from '../message/part.js';
import { REMINDERS } from './step.js';
import { withoutElements } from './without-elements.js';

const TITLE_MAX_LENGTH = 200;

/** What a person asked first, written or spoken, in one line of at most 200 characters; '' where no text was asked. */
export function titleOf(messages: readonly Message[]): string {
  for (const { role, parts } of messages) {
    if (role !== 'user') continue;
    const text = parts.map(wordsOf).join(' ');
    const line = withoutElements(text, REMINDERS).replace(/\s+/g, ' ').trim();
    if (line !== '') return [...line.slice(0, 2 * TITLE_MAX_LENGTH)].slice(0, TITLE_MAX_LENGTH).join('');
  }
  return '';
}

function wordsOf(part: Part): string {
  if (part.type === 'text') return part.content;
  return part.type === 'blob' ? (part.transcript ?? '') : '';
}
