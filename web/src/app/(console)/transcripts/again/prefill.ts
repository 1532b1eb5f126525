/** What the control plane takes with the rest of a question, in characters of JSON within JSON. */
const MAX_SENT = 200_000;

export interface Prefill {
  /** The request as it was; without its oldest messages, indented, where all of it is too large to be sent from here. */
  readonly text: string;
  readonly leftOut: { readonly messages: number; readonly of: number; readonly bytes: number } | null;
}

/** Where the dialects keep what was said, oldest first. */
const MESSAGES = ['messages', 'input', 'contents'] as const;

type Json = Readonly<Record<string, unknown>>;
const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** How much room a text takes in a question: quotes and marks are spelt out there. */
const sizeOf = (text: string) => new TextEncoder().encode(JSON.stringify(text)).length;

/** A recorded request to begin with. null = too large, and nothing in it can be left out. */
export function prefillOf(recorded: string, max = MAX_SENT): Prefill | null {
  const body = posted(recorded);
  if (sizeOf(body) <= max) return { text: indented(body), leftOut: null };
  const request = parsed(body);
  const name = MESSAGES.find((one) => isObject(request) && Array.isArray(request[one]));
  if (!isObject(request) || name === undefined) return null;
  const all = request[name] as readonly unknown[];
  const [given, said] = [all.filter(isGiven), all.filter((message) => !isGiven(message))];
  for (let from = 1; from <= said.length; from++) {
    // A result whose call is left out is an error of its own.
    if (from < said.length && isResult(said[from])) continue;
    const kept = JSON.stringify({ ...request, [name]: [...given, ...said.slice(from)] }, null, 2);
    if (sizeOf(kept) > max) continue;
    const bytes = said.slice(0, from).reduce((sum: number, message) => sum + sizeOf(JSON.stringify(message)), 0);
    return { text: kept, leftOut: { messages: from, of: all.length, bytes } };
  }
  return null;
}

/** A request of Responses that was a message of a session, as it is when it is posted. */
function posted(body: string): string {
  const request = parsed(body);
  if (!isObject(request) || request.type !== 'response.create' || JSON.stringify(request) !== body) return body;
  const { type: _, event_id: __, ...rest } = request;
  return JSON.stringify(rest);
}

/** Why the text cannot be sent; null = it can. */
export function problemOf(text: string, max = MAX_SENT): string | null {
  if (parsed(text) === undefined) return 'This is not JSON yet.';
  return sizeOf(text) > max ? 'This is too large to be sent from here.' : null;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Said to whoever types it.
    return undefined;
  }
}

/** To be read and changed; as it was where another spelling would change a number or a name that stands twice. */
function indented(body: string): string {
  const value = parsed(body);
  return value !== undefined && JSON.stringify(value) === body ? JSON.stringify(value, null, 2) : body;
}

const isGiven = (message: unknown) => isObject(message) && (message.role === 'system' || message.role === 'developer');

function isResult(message: unknown): boolean {
  if (!isObject(message)) return false;
  const parts = [message.content, message.parts].find(Array.isArray) ?? [];
  const isPart = (part: unknown) =>
    isObject(part) && (part.type === 'tool_result' || 'toolResult' in part || 'functionResponse' in part);
  return message.role === 'tool' || message.type === 'function_call_output' || parts.some(isPart);
}
