import { EventBoundary } from '../sse/event-boundary.js';
import { EventData } from '../sse/event-data.js';
import { HeldBytes } from '../sse/held-bytes.js';
import type { AnswerEvent, AnswerEvents, UnreadableRange } from './answer-event.js';
import { parsedText } from './json-text.js';

const END_OF_STREAM = '[DONE]';
const NAME = /(?:^|[\r\n])event: ?([^\r\n]*)/;
const NAME_WITHIN_BYTES = 256;

class DataBytes extends HeldBytes {
  push(bytes: Buffer, from = 0, to = bytes.length): void {
    this.add(bytes, from, to);
  }
}

/** Events of a server-sent event stream. Comments, and events without data, say nothing and are passed over. */
export function sseEvents(bytes: Buffer): AnswerEvents {
  const events: AnswerEvent[] = [];
  const unreadable: UnreadableRange[] = [];
  const boundary = new EventBoundary();
  const data = new EventData();
  const held = new DataBytes();
  let start = boundary.tail(bytes);
  while (start < bytes.length) {
    const next = boundary.next(bytes, start);
    const end = next < 0 ? bytes.length : next;
    data.reset();
    held.clear();
    data.push(bytes, start, end, held);
    const text = held.view().toString('utf8').trim();
    if (text === END_OF_STREAM) events.push({ start, end, kind: 'end', name: null, value: null, isCut: false });
    else if (text !== '') {
      const parsed = parsedText(text);
      if ('value' in parsed) {
        const head = bytes.toString('latin1', start, Math.min(end, start + NAME_WITHIN_BYTES));
        const name = NAME.exec(head)?.[1] || null;
        events.push({ start, end, kind: 'event', name, value: parsed.value, isCut: false });
      } else unreadable.push({ start, end, reason: next < 0 && parsed.fault === 'not_json' ? 'cut' : parsed.fault });
    }
    start = end;
  }
  return { form: 'sse', events, unreadable, isClosed: false };
}
