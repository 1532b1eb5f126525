import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cuts, spoken } from '../../test/arbitraries.js';
import { FORMS, finishOf, partsOf, streamed, whole } from '../../test/spoken.js';
import { outputMessage, readReply } from '../index.js';

const TIMEOUT_MS = 120_000;
const lineEnds = fc.constantFrom('\n', '\r\n', '\r');

describe('what was said', { timeout: TIMEOUT_MS }, () => {
  it('is the same whole and streamed, in every dialect, however it is cut', () => {
    fc.assert(
      fc.property(spoken, cuts, lineEnds, (said, cut, lineEnd) => {
        const parts = partsOf(said);
        for (const form of FORMS) {
          for (const bytes of [whole(form, said), Buffer.concat(streamed(form, said, cut, lineEnd))]) {
            const { outputMessages, complete, unreadable } = readReply(bytes);
            expect([form, outputMessages.length, outputMessages[0]?.parts]).toEqual([form, 1, parts]);
            expect(outputMessages[0]?.finish_reason).toBe(finishOf(said));
            expect([form, complete, unreadable]).toEqual([form, true, []]);
            outputMessage.parse(outputMessages[0]);
          }
        }
      }),
      { numRuns: 300 },
    );
  });

  it('comments, pings and events nobody knows change nothing', () => {
    const noise = [
      ': ping\n\n',
      'event: later\ndata: {"type":"response.something.new","x":1}\n\n',
      'id: 7\nretry: 10\n\n',
    ];
    fc.assert(
      fc.property(spoken, cuts, fc.constantFrom(...noise), fc.nat(), (said, cut, extra, at) => {
        for (const form of ['chat', 'responses', 'messages', 'gemini'] as const) {
          const events = streamed(form, said, cut);
          events.splice(at % (events.length + 1), 0, Buffer.from(extra));
          const { outputMessages, complete } = readReply(Buffer.concat(events));
          expect([form, outputMessages[0]?.parts, complete]).toEqual([form, partsOf(said), true]);
        }
      }),
      { numRuns: 200 },
    );
  });

  it('a broken event is named by its place, and nothing beside it is lost', () => {
    fc.assert(
      fc.property(spoken, cuts, fc.nat(), (said, cut, at) => {
        for (const form of ['chat', 'messages', 'gemini'] as const) {
          const events = streamed(form, said, cut);
          const place = at % events.length;
          events.splice(place, 0, Buffer.from('data: {"broken":\n\n'));
          const start = events.slice(0, place).reduce((sum, { length }) => sum + length, 0);
          const { outputMessages, unreadable, complete } = readReply(Buffer.concat(events));
          expect([form, outputMessages[0]?.parts, complete]).toEqual([form, partsOf(said), true]);
          expect(unreadable).toEqual([{ start, end: start + 18, reason: 'not_json' }]);
        }
      }),
      { numRuns: 200 },
    );
  });

  it('a stream that ends early keeps what came before and says that it is not complete', () => {
    fc.assert(
      fc.property(spoken, cuts, fc.nat(), (said, cut, at) => {
        for (const form of FORMS) {
          const events = streamed(form, said, cut);
          const kept = events.slice(0, at % events.length);
          const last = events[kept.length] as Buffer;
          const torn = Buffer.concat([...kept, last.subarray(0, at % last.length)]);
          const reading = readReply(torn);
          const text = (parts: readonly { type: string; content?: unknown }[] | undefined, type: string) =>
            (parts ?? []).map((part) => (part.type === type ? part.content : '')).join('');
          expect(said.text.startsWith(text(reading.outputMessages[0]?.parts, 'text'))).toBe(true);
          expect(said.reasoning.startsWith(text(reading.outputMessages[0]?.parts, 'reasoning'))).toBe(true);
          // An event counts once its last byte came, with or without the line that ends it.
          const possible = [kept, events.slice(0, kept.length + 1)].map((whole) => readReply(Buffer.concat(whole)));
          expect(possible.map(({ outputMessages }) => outputMessages)).toContainEqual(reading.outputMessages);
          // Of some dialects up to three events follow the one that says why the answer ended.
          if (kept.length < events.length - 3) expect([form, reading.complete]).toEqual([form, false]);
          else expect(possible.map(({ complete }) => complete)).toContain(reading.complete);
        }
      }),
      { numRuns: 200 },
    );
  });

  it('never throws on any bytes', () => {
    const edit = fc.record({ at: fc.nat(), drop: fc.nat(12), bytes: fc.uint8Array({ maxLength: 6 }) });
    fc.assert(
      fc.property(
        spoken,
        cuts,
        fc.constantFrom(...FORMS),
        fc.boolean(),
        fc.array(edit, { minLength: 1, maxLength: 4 }),
        (said, cut, form, isWhole, edits) => {
          let bytes = isWhole ? whole(form, said) : Buffer.concat(streamed(form, said, cut));
          for (const { at, drop, bytes: more } of edits) {
            const place = at % (bytes.length + 1);
            bytes = Buffer.concat([bytes.subarray(0, place), more, bytes.subarray(place + drop)]);
          }
          const reading = readReply(bytes);
          for (const message of reading.outputMessages) outputMessage.parse(message);
          expect(reading.complete).toBe(reading.incompleteReason === null);
        },
      ),
      { numRuns: 1_500 },
    );
  });
});
