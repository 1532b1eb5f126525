import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { messageId, piecesOf, RebuildError, readReply, readRequest, rebuildBody, splitBody } from '../index.js';

const rebuilt = (body: Buffer) => {
  const { skeleton, pieces } = splitBody(body);
  const stored = new Map(pieces.map(({ id, bytes }) => [id, bytes]));
  return rebuildBody(skeleton, (id) => stored.get(id));
};

const space = fc.stringMatching(/^[ \t\r\n]{0,3}$/);
const string = fc.string({ unit: 'grapheme', maxLength: 200 }).chain((text) =>
  fc.constantFrom(
    JSON.stringify(text),
    JSON.stringify(text).replace(/[a-z/@]/g, (c) => `\\u00${c.charCodeAt(0).toString(16)}`),
    JSON.stringify(`\\"${text}\\`),
  ),
);

/** JSON text with odd white space, escapes and keys that occur twice. */
const { value: jsonText } = fc.letrec<{ value: string }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4, depthSize: 'small' },
    fc.oneof(string, fc.constantFrom('null', 'true', '-0.0', '1e400', '12345678901234567890')),
    fc
      .tuple(space, fc.array(tie('value'), { maxLength: 4 }), space)
      .map(([a, items, b]) => `[${a}${items.join(`${b},${a}`)}${b}]`),
    fc
      .tuple(
        space,
        fc.array(fc.tuple(fc.constantFrom('"messages"', '"a"', '"\\u0061"', '""'), tie('value')), { maxLength: 4 }),
        space,
      )
      .map(
        ([a, members, b]) => `{${a}${members.map(([key, value]) => `${key}${b}:${a}${value}`).join(`${a},${b}`)}${b}}`,
      ),
  ),
}));

describe('a body in pieces', { timeout: 120_000 }, () => {
  it('is rebuilt to the byte, whatever its JSON looks like', () => {
    fc.assert(
      fc.property(space, jsonText, space, (before, text, after) => {
        const body = Buffer.from(
          `${before}{"messages"${after}:${before}[${text},${text}]${after},"x":${text}}${after}`,
        );
        expect(rebuilt(body).equals(body)).toBe(true);
      }),
      { numRuns: 2_000 },
    );
  });

  it('is rebuilt to the byte when it is no JSON, or no text', () => {
    const broken = fc
      .tuple(jsonText, fc.nat(), fc.uint8Array({ minLength: 1, maxLength: 5 }))
      .map(([text, at, bytes]) => {
        const body = Buffer.from(text);
        const place = at % (body.length + 1);
        return Buffer.concat([body.subarray(0, place), bytes, body.subarray(place)]);
      });
    fc.assert(
      fc.property(fc.oneof(broken, fc.uint8Array().map(Buffer.from)), (bytes) => {
        const body = Buffer.from(bytes);
        expect(rebuilt(body).equals(body)).toBe(true);
      }),
      { numRuns: 2_000 },
    );
    const cut = Buffer.from('{"messages":[{"role":"user"');
    expect(splitBody(cut).pieces).toEqual([{ id: createHash('sha256').update(cut).digest('hex'), bytes: cut }]);
    expect(splitBody(Buffer.alloc(0)).pieces).toEqual([]);
  });

  const long = (text: string) => `{"role":"user","content":"${text.padEnd(200, '.')}"}`;

  it('has a piece for each message, tool and instruction, and each once', () => {
    const tool = long('tool');
    const body = Buffer.from(
      `{"model":"m", "messages": [${long('a')} ,\n${long('b')},${long('a')}],"tools":[${tool}],"system":"${'s'.repeat(200)}"}`,
    );
    const { skeleton, pieces } = splitBody(body);
    expect(pieces.map(({ bytes }) => bytes.toString())).toEqual([long('a'), long('b'), tool, `"${'s'.repeat(200)}"`]);
    expect(piecesOf(skeleton)).toHaveLength(5);
    expect(skeleton.toString('latin1').endsWith('{"model":"m", "messages": [ ,\n,],"tools":[],"system":}')).toBe(true);
  });

  it('is refused when a piece is missing, altered, or the skeleton is broken', () => {
    const { skeleton, pieces } = splitBody(Buffer.from(`{"messages":[${long('a')}]}`));
    const code = (of: Buffer, piece: Buffer | undefined) => {
      try {
        rebuildBody(of, () => piece);
      } catch (error) {
        return error instanceof RebuildError ? error.code : error;
      }
    };
    const [piece] = pieces;
    expect(code(skeleton, undefined)).toBe('piece_missing');
    expect(code(skeleton, Buffer.from('x'))).toBe('piece_altered');
    expect(code(skeleton.subarray(0, 20), piece?.bytes)).toBe('skeleton_broken');
    expect(code(Buffer.from([9, 0, 0, 0, 0]), piece?.bytes)).toBe('skeleton_broken');
    const misplaced = Buffer.from(skeleton);
    misplaced.writeUInt32BE(1_000, 5);
    expect(code(misplaced, piece?.bytes)).toBe('skeleton_broken');
  });

  it('an agent’s conversation takes at most an eighth of its bodies before anything is compressed', () => {
    const stored = new Map<string, number>();
    let rawBytes = 0;
    let storedBytes = 0;
    const tools = Array.from({ length: 12 }, (_none, n) => ({ name: `tool${n}`, description: `${n} `.repeat(900) }));
    const messages: object[] = [];
    for (let turn = 0; turn < 60; turn++) {
      messages.push({
        role: 'user',
        content: [{ type: 'tool_result', tool_use_id: `t${turn}`, content: `${turn} line `.repeat(150) }],
      });
      // The mark of the cache moves on with each turn.
      const sent = messages.map((message, n) =>
        n === messages.length - 1 ? { ...message, cache_control: { type: 'ephemeral' } } : message,
      );
      const body = Buffer.from(
        JSON.stringify({ model: 'm', system: 's'.repeat(9_000), tools, messages: sent, stream: true }),
      );
      const { skeleton, pieces } = splitBody(body);
      rawBytes += body.length;
      storedBytes += skeleton.length;
      for (const { id, bytes } of pieces) {
        if (!stored.has(id)) storedBytes += bytes.length;
        stored.set(id, bytes.length);
      }
      messages.push({
        role: 'assistant',
        content: [{ type: 'tool_use', id: `t${turn + 1}`, name: 'tool1', input: { path: `file${turn}` } }],
      });
    }
    expect(rawBytes / storedBytes).toBeGreaterThanOrEqual(8);
  });
});

describe('a message’s id', () => {
  it('is the same whatever the order of members, and another for any other content', () => {
    const call = (args: object) => ({
      role: 'assistant' as const,
      parts: [{ type: 'tool_call' as const, id: 'c', name: 'f', arguments: args as never }],
    });
    expect(messageId(call({ a: 1, b: { c: 2, d: 3 } }))).toBe(messageId(call({ b: { d: 3, c: 2 }, a: 1 })));
    const ids = [{ a: 1 }, { a: '1' }, { a: [1] }, { a: null }, {}].map((args) => messageId(call(args)));
    expect(new Set(ids).size).toBe(5);
  });

  it('is that with which an answer comes back in the next request, in another dialect too', () => {
    const content = [
      { type: 'text', text: 'A weir.' },
      { type: 'tool_use', id: 'c', name: 'f', input: { b: 1, a: 2 } },
    ];
    const [said] = readReply(
      Buffer.from(JSON.stringify({ type: 'message', content, stop_reason: 'tool_use' })),
    ).outputMessages;
    const calls = [{ id: 'c', type: 'function', function: { name: 'f', arguments: '{"a":2,"b":1}' } }];
    const messages = [
      { role: 'user', content: 'Q' },
      { role: 'assistant', content: 'A weir.', tool_calls: calls },
    ];
    const { inputMessages } = readRequest('chat.completions', Buffer.from(JSON.stringify({ messages })));
    expect(messageId(inputMessages[1] as never)).toBe(messageId(said as never));
  });
});
