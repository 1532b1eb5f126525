import { type JsonObject, objectOf } from '@weir/providers';
import { converseParts } from '../dialect/converse.js';
import { stringOr } from '../message/make.js';
import type { Assembler, Said } from './reading.js';
import { outputOf } from './said.js';

const EVENTS = [
  'messageStart',
  'contentBlockStart',
  'contentBlockDelta',
  'contentBlockStop',
  'messageStop',
  'metadata',
];

interface Block {
  text: string | null;
  tool: { readonly start: JsonObject; input: string } | null;
  reasoning: { text: string; signature: string; isRedacted: boolean } | null;
  other: JsonObject | null;
}

/** Bedrock's Converse, whole or streamed, and Nova's own events, which name each kind in a member around it. */
export class ConverseAssembler implements Assembler {
  private content: unknown = null;
  private readonly blocks = new Map<number, Block>();
  private finish: string | null = null;
  private isBegun = false;
  private isEnded = false;

  take(event: JsonObject, name: string | null): boolean {
    const message = objectOf(objectOf(event.output)?.message);
    if (message !== null) {
      this.content = message.content;
      this.finish = stringOr(event.stopReason, null);
      this.isBegun = true;
      this.isEnded = true;
      return true;
    }
    const kind = EVENTS.find((each) => objectOf(event[each]) !== null) ?? name;
    if (kind === null || !EVENTS.includes(kind)) return false;
    this.isBegun = true;
    this.takePart(kind, objectOf(event[kind]) ?? event);
    return true;
  }

  said(): Said {
    const blocks = [...this.blocks].sort(([a], [b]) => a - b).map(([, block]) => wholeOf(block));
    const parts = [...converseParts(this.content), ...converseParts(blocks)];
    return { responseId: null, messages: this.isBegun ? [outputOf(parts, this.finish)] : [], isEnded: this.isEnded };
  }

  private takePart(kind: string, event: JsonObject): void {
    if (kind === 'messageStop') {
      this.finish = stringOr(event.stopReason, this.finish);
      this.isEnded = true;
    }
    if (kind !== 'contentBlockStart' && kind !== 'contentBlockDelta') return;
    const index = typeof event.contentBlockIndex === 'number' ? event.contentBlockIndex : 0;
    const block = this.blocks.get(index) ?? { text: null, tool: null, reasoning: null, other: null };
    this.blocks.set(index, block);
    const start = objectOf(event.start);
    const begun = objectOf(start?.toolUse);
    if (begun !== null) block.tool = { start: begun, input: '' };
    else if (start !== null) block.other = start;
    const delta = objectOf(event.delta);
    if (delta !== null) extend(block, delta);
  }
}

function extend(block: Block, delta: JsonObject): void {
  if (typeof delta.text === 'string') block.text = (block.text ?? '') + delta.text;
  const use = objectOf(delta.toolUse);
  if (use !== null) {
    block.tool ??= { start: {}, input: '' };
    block.tool.input += stringOr(use.input, '');
  }
  const reasoning = objectOf(delta.reasoningContent);
  if (reasoning === null) return;
  block.reasoning ??= { text: '', signature: '', isRedacted: false };
  block.reasoning.text += stringOr(reasoning.text, '');
  block.reasoning.signature += stringOr(reasoning.signature, '');
  if (reasoning.redactedContent !== undefined) block.reasoning.isRedacted = true;
}

function wholeOf({ text, tool, reasoning, other }: Block): JsonObject | null {
  if (tool !== null) return { toolUse: { ...tool.start, input: tool.input } };
  if (reasoning !== null) {
    if (reasoning.isRedacted && reasoning.text === '') return { reasoningContent: { redactedContent: '' } };
    return { reasoningContent: { reasoningText: { text: reasoning.text, signature: reasoning.signature } } };
  }
  return text === null ? other : { text };
}
