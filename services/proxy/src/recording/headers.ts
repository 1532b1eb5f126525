import { conversationOfBaggage, NATIVE_ID_HEADERS } from '@weir/transcripts';

const VALUE_MAX_LENGTH = 2_048;
const KEPT: ReadonlySet<string> = new Set(NATIVE_ID_HEADERS);

/**
 * The request headers that say which conversation, agent or trace a call belongs to, by lower-case name; the first where
 * there are several. Of baggage, which carries anything between an app's services, only the conversation is kept.
 * @param lines names and values in turn, as Node's `rawHeaders` has them, a line each
 */
export function keptHeaders(lines: string): Record<string, string> {
  const kept: Record<string, string> = {};
  const pairs = lines.split('\n');
  for (let at = 0; at + 1 < pairs.length; at += 2) {
    const name = (pairs[at] as string).toLowerCase();
    if (!KEPT.has(name) || name in kept) continue;
    const value = pairs[at + 1] as string;
    const said = name === 'baggage' ? conversationMember(value) : value;
    if (said !== null && said.length <= VALUE_MAX_LENGTH) kept[name] = said;
  }
  return kept;
}

function conversationMember(baggage: string): string | null {
  const id = conversationOfBaggage(baggage);
  return id === null ? null : `gen_ai.conversation.id=${encodeURIComponent(id)}`;
}
