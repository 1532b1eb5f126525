import type { Message, Role } from './message.js';
import type { Part } from './part.js';

/**
 * Messages as they come, in one shape whatever a dialect packs together: each answer of a tool is a message of its own,
 * and what one side said in several items without being answered is one message where the dialect splits it.
 */
export class MessageList {
  readonly messages: Message[] = [];

  add(role: Role, parts: readonly Part[], name?: unknown): void {
    let run: Part[] = [];
    const flush = () => {
      if (run.length > 0) this.messages.push({ role, parts: run, ...(typeof name === 'string' && { name }) });
      run = [];
    };
    for (const part of parts) {
      if (part.type === 'tool_call_response') {
        flush();
        this.messages.push({ role: 'tool', parts: [part] });
      } else run.push(part);
    }
    flush();
  }

  /** Adds to the last message where it is of the same role. */
  extend(role: Role, parts: readonly Part[]): void {
    const last = this.messages.at(-1);
    const isAnswer = parts.some(({ type }) => type === 'tool_call_response');
    if (last?.role === role && !isAnswer) last.parts.push(...parts);
    else this.add(role, parts);
  }
}
