import { type JsonObject, objectOf } from '@weir/providers';
import { stringOr } from '../message/make.js';

/** The member of an item that a delta goes on with, and the item that has one. */
const DELTAS: Readonly<Record<string, readonly [type: string, member: string]>> = {
  'response.function_call_arguments.delta': ['function_call', 'arguments'],
  'response.custom_tool_call_input.delta': ['custom_tool_call', 'input'],
  'response.mcp_call_arguments.delta': ['mcp_call', 'arguments'],
  'response.code_interpreter_call_code.delta': ['code_interpreter_call', 'code'],
};
/** Lists of an item whose texts grow, with the kind of part and the member that holds the text. */
const TEXTS: Readonly<Record<string, readonly [type: string, list: string, part: string, text: string]>> = {
  'response.output_text.delta': ['message', 'content', 'output_text', 'text'],
  'response.text.delta': ['message', 'content', 'output_text', 'text'],
  'response.output_audio_transcript.delta': ['message', 'content', 'output_audio', 'transcript'],
  'response.audio_transcript.delta': ['message', 'content', 'output_audio', 'transcript'],
  'response.refusal.delta': ['message', 'content', 'refusal', 'refusal'],
  'response.reasoning_text.delta': ['reasoning', 'content', 'reasoning_text', 'text'],
  'response.reasoning_summary_text.delta': ['reasoning', 'summary', 'summary_text', 'text'],
};

/** An item of a Responses stream while it grows; once it is done, the whole counts. */
export class ItemDraft {
  private whole: JsonObject = {};
  private readonly lists = new Map<string, Map<number, JsonObject>>();
  private readonly members = new Map<string, string>();
  private type: string | null = null;

  isKnown(type: string): boolean {
    return type in DELTAS || type in TEXTS;
  }

  replace(item: JsonObject): void {
    this.whole = item;
    if (item.status === 'completed' || item.status === 'incomplete') this.forget();
  }

  extend(type: string, event: JsonObject): void {
    const piece = stringOr(event.delta, '');
    const [kind, member] = DELTAS[type] ?? [];
    if (kind !== undefined && member !== undefined) {
      this.type = kind;
      this.members.set(member, (this.members.get(member) ?? '') + piece);
      return;
    }
    const [holder, list, part, text] = TEXTS[type] ?? ['message', 'content', 'output_text', 'text'];
    this.type = holder;
    const parts = this.lists.get(list) ?? new Map<number, JsonObject>();
    this.lists.set(list, parts);
    const index = Number(event.content_index ?? event.summary_index ?? 0);
    parts.set(index, { type: part, [text]: stringOr(parts.get(index)?.[text], '') + piece });
  }

  item(): JsonObject {
    const lists = [...this.lists].map(([name, parts]) => [
      name,
      [...parts].sort(([a], [b]) => a - b).map(([, part]) => part),
    ]);
    const grown = { ...Object.fromEntries(this.members), ...Object.fromEntries(lists) };
    return {
      type: this.type,
      ...(this.type === 'message' && { role: 'assistant' }),
      ...objectOf(this.whole),
      ...grown,
    };
  }

  private forget(): void {
    this.lists.clear();
    this.members.clear();
  }
}
