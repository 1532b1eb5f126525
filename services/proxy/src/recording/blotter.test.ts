import { randomBytes } from 'node:crypto';
import { deriveMasterKey, mintToken } from '@weir/contracts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { spellingsOf } from '../metering/credential-mask.js';
import { Blotter } from './blotter.js';
import { keptHeaders } from './headers.js';

const SECRET = 'sk-proj-q7/Zr+2W"m9\\Xb4Nc8Vd1Lf';
const blotter = new Blotter([SECRET]);

describe('credentials in what is to be kept', () => {
  it('are blotted out wherever they stand, in whole or in part, however they are spelt', () => {
    const spelling = fc.constantFrom(...spellingsOf(SECRET).filter(({ length }) => length >= 12));
    fc.assert(
      fc.property(fc.string(), fc.string(), spelling, fc.nat(100), fc.nat(60), (before, after, spelt, from, more) => {
        const start = from % (spelt.length - 11);
        const part = spelt.slice(start, start + 12 + more);
        const { bytes, count } = blotter.blot(Buffer.from(`${before}${part}${after}`));
        expect(count).toBe(1);
        expect(bytes.toString()).toContain('[credential]');
        expect(bytes.toString()).not.toContain(part);
      }),
    );
  });

  it('are all of them found, and every other byte stays', () => {
    const filler = randomBytes(5_000).toString('hex');
    const { bytes, count } = blotter.blot(Buffer.from(`${SECRET}${filler}${SECRET}${filler}${SECRET}`));
    expect([bytes.toString(), count]).toEqual([`[credential]${filler}[credential]${filler}[credential]`, 3]);
  });

  it('are short ones, too', () => {
    expect(new Blotter(['hunter42']).text('the key is hunter42.')).toBe('the key is [credential].');
  });

  it('are gateway tokens of anybody, and nothing that only looks like one', () => {
    const { token } = mintToken(deriveMasterKey(randomBytes(32).toString('base64')));
    const near = `${token.slice(0, -1)}${token.endsWith('0') ? '1' : '0'}`;
    expect(new Blotter([]).text(`a ${token}, ${near}`)).toBe(`a [credential], ${near}`);
  });

  it('leave text without any untouched', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(blotter.text(text)).toBe(text);
      }),
    );
    expect(blotter.text(SECRET.slice(0, 11))).toBe(SECRET.slice(0, 11));
  });
});

describe('headers of a recorded call', () => {
  it('are those that name a conversation, an agent or a trace', () => {
    const raw = [
      ...['Authorization', 'Bearer x', 'Cookie', 'a=b', 'X-Claude-Code-Session-Id', 's1', 'x-session-id', 's2'],
      ...['x-session-id', 's3', 'user-agent', 'u', 'Thread-Id', 'x'.repeat(2_049)],
      ...['baggage', 'user=kim, gen_ai.conversation.id=c%201;p=1'],
    ];
    expect(keptHeaders(raw)).toEqual({
      'x-claude-code-session-id': 's1',
      'x-session-id': 's2',
      baggage: 'gen_ai.conversation.id=c%201',
    });
    expect(keptHeaders(['baggage', 'user=kim'])).toEqual({});
    expect(keptHeaders([])).toEqual({});
  });
});
