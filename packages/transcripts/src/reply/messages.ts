import { type JsonObject, objectOf } from '@weir/providers';
import { blockParts } from '../dialect/anthropic.js';
import { stringOr } from '../message/make.js';
import type { Assembler, Said } from './reading.js';
import { outputOf } from './said.js';

const KNOWN = /^(?:message_(?:start|delta|stop)|content_block_(?:start|delta|stop)|ping)$/;
/** Members that deltas go on with, by the kind of the delta. */
const MEMBERS: Readonly<Record<string, readonly [delta: string, block: string]>> = {
  text_delta: ['text', 'text'],
  thinking_delta: ['thinking', 'thinking'],
  signature_delta: ['signature', 'signature'],
  input_json_delta: ['partial_json', 'partial_json'],
  compaction_delta: ['content', 'content'],
};

/** Anthropic's messages, whole or streamed. */
export class MessagesAssembler implements Assembler {
  private responseId: string | null = null;
  private readonly blocks = new Map<number, Record<string, unknown>>();
  private content: unknown = null;
  private finish: string | null = null;
  private isEnded = false;
  private isBegun = false;

  take(event: JsonObject, name: string | null): boolean {
    const type = stringOr(event.type, name ?? '');
    if (type === 'message' && Array.isArray(event.content)) {
      this.takeMessage(event);
      this.isEnded = true;
      return true;
    }
    if (!KNOWN.test(type)) return false;
    if (type === 'message_start') this.takeMessage(objectOf(event.message) ?? {});
    else if (type === 'content_block_start') this.begin(event);
    else if (type === 'content_block_delta') this.extend(event);
    else if (type === 'message_delta') this.finish = stringOr(objectOf(event.delta)?.stop_reason, this.finish);
    else if (type === 'message_stop') this.isEnded = true;
    return true;
  }

  said(): Said {
    const blocks = [...this.blocks].sort(([a], [b]) => a - b).map(([, block]) => block);
    const parts = [...blockParts(this.content), ...blockParts(blocks)];
    const isAnswer = this.isBegun || parts.length > 0 || this.finish !== null;
    return {
      responseId: this.responseId,
      messages: isAnswer ? [outputOf(parts, this.finish)] : [],
      isEnded: this.isEnded,
    };
  }

  private takeMessage(message: JsonObject): void {
    this.isBegun = true;
    this.responseId = stringOr(message.id, this.responseId);
    this.content = message.content;
    this.finish = stringOr(message.stop_reason, this.finish);
  }

  private begin(event: JsonObject): void {
    this.blocks.set(this.indexOf(event, this.blocks.size), { ...(objectOf(event.content_block) ?? {}) });
  }

  private extend(event: JsonObject): void {
    const delta = objectOf(event.delta) ?? {};
    const [from, to] = MEMBERS[stringOr(delta.type, '')] ?? [];
    if (from === undefined || to === undefined) return;
    const index = this.indexOf(event, Math.max(0, this.blocks.size - 1));
    const kind = to === 'partial_json' ? 'tool_use' : to === 'signature' ? 'thinking' : to;
    const block = this.blocks.get(index) ?? { type: kind };
    block[to] = stringOr(block[to], '') + stringOr(delta[from], '');
    this.blocks.set(index, block);
  }

  private indexOf(event: JsonObject, otherwise: number): number {
    return typeof event.index === 'number' ? event.index : otherwise;
  }
}
