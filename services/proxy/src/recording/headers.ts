import { conversationOfBaggage, NATIVE_ID_HEADERS } from '@weir/transcripts';

const VALUE_MAX_LENGTH = 2_048;
const KEPT: ReadonlySet<string> = new Set(NATIVE_ID_HEADERS);
/** Most headers are not even as long as one that is kept. */
const LENGTHS: ReadonlySet<number> = new Set(NATIVE_ID_HEADERS.map(({ length }) => length));

/**
 * The request headers that say which conversation, agent or trace a call belongs to, by lower-case name; the first where
 * there are several. Of baggage, which carries anything between an app's services, only the conversation is kept.
 * @param rawHeaders names and values in turn, as Node has them
 */
export function keptHeaders(rawHeaders: readonly string[]): Record<string, string> {
  const kept: Record<string, string> = {};
  for (let at = 0; at + 1 < rawHeaders.length; at += 2) {
    const raw = rawHeaders[at] as string;
    if (!LENGTHS.has(raw.length)) continue;
    const name = raw.toLowerCase();
    if (!KEPT.has(name) || name in kept) continue;
    const value = rawHeaders[at + 1] as string;
    const said = name === 'baggage' ? conversationMember(value) : value;
    if (said !== null && said.length <= VALUE_MAX_LENGTH) kept[name] = said;
  }
  return kept;
}

function conversationMember(baggage: string): string | null {
  const id = conversationOfBaggage(baggage);
  return id === null ? null : `gen_ai.conversation.id=${encodeURIComponent(id)}`;
}
