import type { MessageHeaders } from '../bedrock/event-stream/message-headers.js';
import { MessageReader, type MessageSink } from '../bedrock/event-stream/message-reader.js';
import type { AnswerEvent, AnswerEvents, UnreadableRange } from './answer-event.js';
import { parsedText } from './json-text.js';

/** Messages of AWS's event stream whose checksum holds; those that wrap a model's own event in base64 are unwrapped. */
export function awsEvents(bytes: Buffer): AnswerEvents {
  const collector = new Collector(bytes);
  const reader = new MessageReader(collector);
  reader.push(bytes);
  const { events, unreadable, at } = collector;
  if (at < bytes.length) {
    unreadable.push({ start: at, end: bytes.length, reason: reader.isLost ? 'damaged' : 'cut' });
  }
  return { form: 'aws', events, unreadable, isClosed: false };
}

class Collector implements MessageSink {
  readonly events: AnswerEvent[] = [];
  readonly unreadable: UnreadableRange[] = [];
  /** Where the message that is being read begins. */
  at = 0;
  private headers: MessageHeaders | null = null;
  private text = '';

  constructor(private readonly bytes: Buffer) {}

  begin(headers: MessageHeaders): void {
    this.headers = headers;
    this.text = '';
  }

  payload(bytes: Buffer, from: number, to: number): void {
    this.text = bytes.toString('utf8', from, to);
  }

  end(isIntact: boolean): void {
    const start = this.at;
    const end = start + this.bytes.readUInt32BE(start);
    this.at = end;
    if (!isIntact) this.unreadable.push({ start, end, reason: 'damaged' });
    else if (this.text !== '') this.take(start, end);
  }

  private take(start: number, end: number): void {
    const { messageType, eventType, exceptionType, errorCode } = this.headers as MessageHeaders;
    const isEvent = messageType !== 'exception' && messageType !== 'error';
    const name = isEvent ? eventType : (exceptionType ?? errorCode);
    const parsed = unwrapped(this.text);
    if ('fault' in parsed) this.unreadable.push({ start, end, reason: parsed.fault });
    else
      this.events.push({ start, end, kind: isEvent ? 'event' : 'exception', name, value: parsed.value, isCut: false });
  }
}

function unwrapped(text: string): ReturnType<typeof parsedText> {
  const parsed = parsedText(text);
  const wrapped = 'value' in parsed ? (parsed.value as { bytes?: unknown } | null)?.bytes : undefined;
  return typeof wrapped === 'string' ? parsedText(Buffer.from(wrapped, 'base64').toString('utf8')) : parsed;
}
