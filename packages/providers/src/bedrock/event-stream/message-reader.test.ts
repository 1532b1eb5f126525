import { expect, it } from 'vitest';
import { encoded } from '../../../test/bedrock-events.js';
import { Base64Member } from './base64-member.js';
import type { MessageHeaders } from './message-headers.js';
import { MessageReader } from './message-reader.js';

interface Seen {
  readonly headers: MessageHeaders;
  payload: string;
  isIntact: boolean | null;
}

function seenIn(pieces: readonly Buffer[]): { seen: Seen[]; isLost: boolean } {
  const seen: Seen[] = [];
  const reader = new MessageReader({
    begin: (headers) => seen.push({ headers, payload: '', isIntact: null }),
    payload: (bytes, from, to) => {
      (seen.at(-1) as Seen).payload += bytes.toString('latin1', from, to);
    },
    end: (isIntact) => {
      (seen.at(-1) as Seen).isIntact = isIntact;
    },
  });
  for (const piece of pieces) reader.push(piece);
  return { seen, isLost: reader.isLost };
}

const event = { ':message-type': 'event', ':event-type': 'chunk' };
const none: MessageHeaders = { messageType: null, eventType: null, exceptionType: null, errorCode: null };

it('reads messages of AWS’s own codec, also without headers or payload', () => {
  const bytes = encoded([
    { headers: event, payload: 'one' },
    { headers: {}, payload: '' },
    { headers: { ':message-type': 'exception', ':exception-type': 'x', ':error-code': 'y' }, payload: 'two' },
  ]);
  expect(seenIn([bytes])).toEqual({
    isLost: false,
    seen: [
      { headers: { ...none, messageType: 'event', eventType: 'chunk' }, payload: 'one', isIntact: true },
      { headers: none, payload: '', isIntact: true },
      {
        headers: { ...none, messageType: 'exception', exceptionType: 'x', errorCode: 'y' },
        payload: 'two',
        isIntact: true,
      },
    ],
  });
});

it('tells a damaged message and goes on behind it; behind a damaged prelude nothing is read', () => {
  const good = { headers: event, payload: 'good' } as const;
  const damaged = seenIn([encoded([{ ...good, damage: 'payload' }, good])]);
  expect(damaged.seen.map(({ isIntact }) => isIntact)).toEqual([false, true]);
  const lost = seenIn([encoded([good, { ...good, damage: 'prelude' }, good])]);
  expect([lost.seen.length, lost.isLost]).toEqual([1, true]);
});

it.each([
  ['a length below the smallest message', [0, 0, 0, 15, 0, 0, 0, 0]],
  ['headers longer than the message', [0, 0, 0, 32, 0, 0, 0, 64]],
  ['text', [...Buffer.from('HTTP/1.1')]],
])('%s is no event stream', (_what, start) => {
  expect(seenIn([Buffer.from([...start, ...Buffer.alloc(64)])])).toEqual({ isLost: true, seen: [] });
});

it.each([
  ['{"bytes":"aGVsbG8=","p":"abc"}', 'hello'],
  ['{ "p" : "bytes", "x":{"bytes":"eA=="}, "bytes" : "aGVsbG8=" }', 'hello'],
  ['{"a":[1,"]\\"",{"b":","}],"bytes":"aGVsbG8"}', 'hello'],
  ['{"bytes":"Pz8\\/Pz8\\/"}', '?????' + '?'],
  ['{"bytes":7}', ''],
  ['{"byte":"aGVsbG8="}', ''],
  ['[]', ''],
])('unwraps %s however it is cut', (json, text) => {
  for (let cut = 0; cut <= json.length; cut++) {
    const out: Buffer[] = [];
    const member = new Base64Member((bytes) => out.push(bytes));
    const bytes = Buffer.from(json);
    member.push(bytes, 0, cut);
    member.push(bytes, cut, bytes.length);
    expect(Buffer.concat(out).toString()).toBe(text);
  }
});
