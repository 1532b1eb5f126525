import type { PromptParameterType } from './prompts.types.js';

/** What was said, and tools: they are compared as messages. */
const SAID: ReadonlySet<string> = new Set([
  ...['messages', 'input', 'contents', 'prompt', 'system', 'instructions', 'systemInstruction', 'system_instruction'],
  ...['tools', 'functions'],
]);
const MAX_CHARACTERS = 2_000;

/** Members of a request beside what was said, by name; null where the bytes are no JSON object. */
export function promptParameters(body: Buffer): PromptParameterType[] | null {
  let request: unknown;
  try {
    request = JSON.parse(body.toString());
  } catch {
    // Cut off, or of a dialect that is no JSON: there is nothing to list.
    return null;
  }
  if (typeof request !== 'object' || request === null || Array.isArray(request)) return null;
  return Object.entries(request)
    .filter(([name]) => !SAID.has(name))
    .map(([name, value]) => ({ name, json: JSON.stringify(value).slice(0, MAX_CHARACTERS) }))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}
