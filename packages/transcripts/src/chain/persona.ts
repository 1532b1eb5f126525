import type { Part } from '../message/part.js';
import { sha256 } from '../pieces/id.js';

/** Claude Code's line for Anthropic's bill differs from call to call. */
const VOLATILE = /^\s*x-anthropic-billing-header:/i;
const LENGTH_MAX = 2_000;

/**
 * Names the instructions a model works under. Lines with a digit (dates, versions, numbers of files) do not count, nor
 * what comes after the first 2,000 characters.
 */
export function personaOf(instructions: readonly Part[]): string {
  const lines = instructions
    .map((part) => (part.type === 'text' && !VOLATILE.test(part.content) ? part.content : ''))
    .join('\n')
    .split('\n')
    .filter((line) => !/\d/.test(line));
  return sha256(lines.join('').replace(/\s+/g, '').slice(0, LENGTH_MAX));
}
