import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { encoded } from '../../test/bedrock-events.js';
import { answerEvents } from './index.js';

const read = (text: string | Buffer) => answerEvents(Buffer.from(text));
const values = (text: string | Buffer) => read(text).events.map(({ value }) => value);

describe('events of an answer', { timeout: 60_000 }, () => {
  it('a whole object is one event', () => {
    expect(read('\ufeff {"a":"{"}\n')).toMatchObject({ form: 'json', isClosed: true, unreadable: [] });
    expect(values('{"a":"{"}')).toEqual([{ a: '{' }]);
  });

  it.each<[string, string, unknown]>([
    ['a string', '{"a":["x",{"b":"A we', { a: ['x', { b: 'A we' }] }],
    ['an escape', '{"a":"caf\\u00', { a: 'caf' }],
    ['a key', '{"a":1,"b', { a: 1 }],
    ['a colon', '{"a":1,"b":', { a: 1 }],
    ['a number', '{"a":1,"b":[2,3', { a: 1, b: [2, 3] }],
    ['a word', '{"a":1,"b":tr', { a: 1 }],
    ['a brace', '{', {}],
  ])('a body cut in %s is read as far as it came', (_where, text, value) => {
    const { events, unreadable, isClosed } = read(text);
    expect([events[0]?.value, events[0]?.isCut, isClosed]).toEqual([value, true, false]);
    expect(unreadable).toMatchObject([{ end: text.length, reason: 'cut' }]);
  });

  it('an array tells whether it was closed, and a broken element spoils none beside it', () => {
    expect(read('[{"a":1},\r\n{"a":2}]')).toMatchObject({ form: 'array', isClosed: true });
    const cut = read('[{"a":1},{"a":"x');
    expect([cut.isClosed, cut.events.length, cut.unreadable]).toEqual([
      false,
      1,
      [{ start: 9, end: 16, reason: 'cut' }],
    ]);
    expect(values('[{"a":1},{"a":tru},{"a":3}]')).toEqual([{ a: 1 }, { a: 3 }]);
  });

  it('lines are read one by one, and what stands between them is named', () => {
    const { events, unreadable } = read('{"a":1}\noops "{" \n{"a":2}\n');
    expect(events.map(({ value }) => value)).toEqual([{ a: 1 }, { a: 2 }]);
    expect(unreadable).toEqual([{ start: 8, end: 18, reason: 'not_json' }]);
  });

  it('server-sent events keep their names and places, whatever the line ends and comments', () => {
    const text =
      ': hi\r\n\r\nevent: a\r\ndata: {"x":\r\ndata: 1}\r\n\r\ndata:{"y":\n\nretry: 5\n\ndata: [DONE]\n\ndata: {"z":"é';
    const { form, events, unreadable } = read(text);
    expect(form).toBe('sse');
    expect(events.map(({ kind, name, value }) => [kind, name, value])).toEqual([
      ['event', 'a', { x: 1 }],
      ['end', null, null],
    ]);
    expect(unreadable.map(({ reason }) => reason)).toEqual(['not_json', 'cut']);
    expect(Buffer.from(text).toString('utf8', unreadable[0]?.start, unreadable[0]?.end)).toBe('data:{"y":\n\n');
  });

  it('the last event counts without its blank line', () => {
    expect(values('data: {"a":1}\n\ndata: {"a":2}')).toEqual([{ a: 1 }, { a: 2 }]);
  });

  it('a damaged message of AWS is not believed, and its neighbours are', () => {
    const message = (n: number, damage?: 'payload' | 'prelude' | 'cut') => ({
      headers: { ':message-type': 'event', ':event-type': 'chunk' },
      bytes: { n },
      ...(damage && { damage }),
    });
    const bytes = encoded([message(1), message(2, 'payload'), message(3)]);
    expect(values(bytes)).toEqual([{ n: 1 }, { n: 3 }]);
    expect(answerEvents(bytes).unreadable).toMatchObject([{ reason: 'damaged' }]);
    const [first] = answerEvents(bytes).events;
    expect(first).toMatchObject({ start: 0, name: 'chunk', end: encoded([message(1)]).length });
    expect(answerEvents(encoded([message(1), message(2, 'cut')])).unreadable).toMatchObject([{ reason: 'cut' }]);
    expect(answerEvents(encoded([message(1), message(2, 'prelude'), message(3)])).events).toHaveLength(1);
  });

  it('an exception of AWS carries its name', () => {
    const headers = { ':message-type': 'exception', ':exception-type': 'throttlingException' };
    expect(answerEvents(encoded([{ headers, payload: { message: 'slow down' } }])).events).toMatchObject([
      { kind: 'exception', name: 'throttlingException', value: { message: 'slow down' } },
    ]);
  });

  it('what is too deep, a page or plain text is named and not read', () => {
    expect(read(`{"a":${'['.repeat(300)}${']'.repeat(300)}}`).unreadable).toMatchObject([{ reason: 'too_deep' }]);
    expect(read('<html>{"a":1}</html>')).toMatchObject({ form: 'none', unreadable: [{ start: 0, end: 20 }] });
    expect(read('')).toMatchObject({ form: 'none', unreadable: [] });
  });

  it('never throws, and names places inside the bytes', () => {
    const text = fc.array(
      fc.constantFrom(
        'data: ',
        'event: x',
        '\n',
        '\r\n',
        '\r',
        '{"a":',
        '"é',
        '}',
        '[',
        ']',
        '\\',
        ':',
        '\0',
        ',',
        '1',
      ),
    );
    fc.assert(
      fc.property(text, fc.uint8Array({ maxLength: 4 }), (pieces, tail) => {
        const bytes = Buffer.concat([Buffer.from(pieces.join('')), tail]);
        const { events, unreadable } = answerEvents(bytes);
        for (const { start, end } of [...events, ...unreadable]) {
          expect(start >= 0 && start <= end && end <= bytes.length).toBe(true);
        }
      }),
      { numRuns: 3_000 },
    );
  });
});
