import type { AskedTool } from './generation.js';

const SCRIPT = /sim-call:([A-Za-z0-9_-]+):([A-Za-z0-9_-]+)/;

/**
 * A prompt that says `sim-call:<tool>:<arguments>` makes the model call that tool with these arguments, which are JSON in
 * base64url, so that no client's quoting changes them. Null: there is no such text, or the tool is not offered.
 */
export function scriptedTool(lastTurn: string, offered: readonly (string | undefined)[]): AskedTool | null {
  const [, name, encoded] = SCRIPT.exec(lastTurn) ?? [];
  if (name === undefined || encoded === undefined || !offered.includes(name)) return null;
  return { name, parameters: {}, arguments: Buffer.from(encoded, 'base64url').toString('utf8') };
}

/** The text that makes a simulated model call a tool. */
export function toolScript(name: string, args: Readonly<Record<string, unknown>>): string {
  return `sim-call:${name}:${Buffer.from(JSON.stringify(args)).toString('base64url')}`;
}
