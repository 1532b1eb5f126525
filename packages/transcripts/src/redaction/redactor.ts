import { answerEvents, objectOf, parsedText } from '@weir/providers';
import type { Message, ToolDefinition } from '../message/message.js';
import type { Part } from '../message/part.js';
import { type ReplyReading, readReply } from '../reply/index.js';
import type { RequestReading } from '../request/index.js';
import type { Finder } from './finder.js';
import { redactedJson, redactedString, redactedValue } from './json.js';
import type { Counts } from './text.js';
import { textOf } from './utf8.js';

/** What may be kept; or that nothing may, and why. */
export type Redacted<T> =
  | { readonly isKept: true; readonly value: T; readonly counts: Readonly<Counts> }
  | { readonly isKept: false; readonly reason: 'not_text' | 'in_pieces' | 'unreadable' | 'failed' };

/** Members of a part that name or measure something and hold nobody's words. */
const STRUCTURE: ReadonlySet<string> = new Set([
  ...['type', 'id', 'modality', 'mime_type', 'size_bytes', 'sha256', 'native_type', 'signed', 'encrypted', 'is_error'],
  'arguments_unparsed',
]);

/** Text that stands in pieces of a few letters, each of which tells nothing to a pattern. */
const LETTER_LISTS = /"(?:logprobs|top_logprobs|logprobs_result|logprobsResult)"\s*:\s*[{[]/;

/** Clears what is recorded before it is kept. Whatever goes wrong, nothing is kept. */
export class Redactor {
  constructor(private readonly finders: readonly Finder[]) {}

  text(text: string): Redacted<string> {
    return this.guarded((counts) => redactedString(text, this.finders, counts));
  }

  request(reading: RequestReading): Redacted<RequestReading> {
    return this.guarded((counts) => ({
      ...reading,
      systemInstructions: reading.systemInstructions.map((part) => this.part(part, counts)),
      toolDefinitions: reading.toolDefinitions.map(
        (tool) => redactedValue(tool, this.finders, counts) as ToolDefinition,
      ),
      inputMessages: reading.inputMessages.map((message) => this.message(message, counts)),
    }));
  }

  reply(reading: ReplyReading): Redacted<ReplyReading> {
    return this.guarded((counts) => ({
      ...reading,
      itemIds: reading.itemIds.map((id) => redactedString(id, this.finders, counts)),
      outputMessages: reading.outputMessages.map((message) => this.message(message, counts)),
      errors: reading.errors.map((error) => ({
        ...error,
        message: error.message === null ? null : redactedString(error.message, this.finders, counts),
      })),
    }));
  }

  /** Bytes of a request. JSON stays JSON, and every byte that tells nothing stays as it was. */
  requestBytes(bytes: Buffer): Redacted<Buffer> {
    const text = textOf(bytes);
    if (text === null) return { isKept: false, reason: 'not_text' };
    return this.guarded((counts) => {
      const parsed = parsedText(text);
      if ('fault' in parsed && parsed.fault === 'too_deep') throw new Error('nested too deep to be looked into');
      const redact = 'value' in parsed ? redactedJson : redactedString;
      return Buffer.from(redact(text, this.finders, counts));
    });
  }

  /**
   * Bytes of an answer. Of a stream, whose words stand in pieces, they are kept only where nothing in it had to be
   * redacted once it was put together.
   */
  replyBytes(bytes: Buffer): Redacted<Buffer> {
    const { form, events, unreadable, isClosed } = answerEvents(bytes);
    if (bytes.length === 0) return { isKept: true, value: bytes, counts: {} };
    if (form === 'none' || unreadable.length > 0) return { isKept: false, reason: 'unreadable' };
    const said = this.reply(readReply(bytes));
    if (!said.isKept) return said;
    const isFound = Object.keys(said.counts).length > 0;
    if (form === 'json' && isClosed) {
      const whole = this.requestBytes(bytes);
      if (!whole.isKept || Object.keys(whole.counts).length === 0)
        return isFound ? { isKept: false, reason: 'in_pieces' } : whole;
      return LETTER_LISTS.test(bytes.toString('utf8')) ? { isKept: false, reason: 'in_pieces' } : whole;
    }
    const inEvents = this.guarded((counts) => {
      for (const { value } of events) redactedValue(objectOf(value) ?? value, this.finders, counts);
      return bytes;
    });
    if (!inEvents.isKept) return inEvents;
    if (isFound || Object.keys(inEvents.counts).length > 0) return { isKept: false, reason: 'in_pieces' };
    return inEvents;
  }

  private message<T extends Message>(message: T, counts: Counts): T {
    const { name } = message;
    return {
      ...message,
      ...(name !== undefined && { name: redactedString(name, this.finders, counts) }),
      parts: message.parts.map((part) => this.part(part, counts)),
    };
  }

  private part(part: Part, counts: Counts): Part {
    const members = Object.entries(part).map(([name, value]) =>
      STRUCTURE.has(name) ? [name, value] : [name, redactedValue(value, this.finders, counts)],
    );
    return Object.fromEntries(members) as Part;
  }

  private guarded<T>(redact: (counts: Counts) => T): Redacted<T> {
    const counts: Counts = {};
    try {
      return { isKept: true, value: redact(counts), counts };
    } catch {
      // Which text it was must not be told; that nothing is kept is what this is for.
      return { isKept: false, reason: 'failed' };
    }
  }
}
