import { describe, expect, it } from 'vitest';
import { readAttribution } from './attribution.js';
import type { RequestHead } from './head.js';

const head = (input: Partial<RequestHead>) =>
  ({ conversation: null, user: null, agent: null, tags: null, ...input }) as RequestHead;
const latin1 = (text: string) => Buffer.from(text, 'utf8').toString('latin1');

describe('attribution', () => {
  it('is what the headers say, as UTF-8', () => {
    expect(
      readAttribution(head({ user: latin1('Zoë'), conversation: ' c-1 ', tags: latin1('team=zürich, cost=a=b,x=') })),
    ).toEqual({
      conversation: 'c-1',
      user: 'Zoë',
      agent: null,
      tags: { team: 'zürich', cost: 'a=b', x: '' },
    });
  });

  it('leaves out entries that are no tags, and holds names that mean something to JavaScript', () => {
    const { tags } = readAttribution(head({ tags: 'novalue,=x,, __proto__=p,constructor=c' }));
    expect(JSON.stringify(tags)).toBe('{"__proto__":"p","constructor":"c"}');
    expect(({} as Record<string, unknown>).p).toBeUndefined();
  });

  it.each([
    ['a long user', head({ user: 'x'.repeat(256) })],
    ['a long tag name', head({ tags: `${'x'.repeat(64)}=1` })],
    ['a long tag value', head({ tags: `a=${'x'.repeat(256)}` })],
    ['33 tags', head({ tags: Array.from({ length: 33 }, (_, i) => `t${i}=1`).join(',') })],
  ])('refuses %s', (_what, input) => {
    expect(() => readAttribution(input)).toThrow(expect.objectContaining({ code: 'request_invalid' }));
  });
});
