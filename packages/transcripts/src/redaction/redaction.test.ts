import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cuts } from '../../test/arbitraries.js';
import { streamed, whole } from '../../test/spoken.js';
import { DETECTORS, type Detector, readReply, readRequest, redactorOf } from '../index.js';
import { Redactor } from './redactor.js';

const all = redactorOf({ detectors: [...DETECTORS], patterns: [] });
const only = (...detectors: Detector[]) => redactorOf({ detectors, patterns: [] });
const keptText = (text: string, redactor = all) => {
  const redacted = redactor.text(text);
  return redacted.isKept ? redacted.value : redacted.reason;
};

/** Put together here, so that nothing that looks like a key stands in the source. */
const key = (...parts: string[]) => parts.join('');
const FILL = 'Ab1'.repeat(20);

const SECRETS: readonly [Detector, string][] = [
  ['email', 'jo.bloggs+weir@mail.example.org'],
  ['email', 'jörg@müller.example'],
  ['payment_card', '4111 1111 1111 1111'],
  ['payment_card', '5500-0000-0000-0004'],
  ['payment_card', '340000000000009'],
  ['iban', 'DE89 3704 0044 0532 0130 00'],
  ['iban', 'GB29NWBK60161331926819'],
  ['phone', '+1 (415) 555-2671'],
  ['phone', '415-555-2671'],
  ['phone', '+49 30 901820'],
  ['us_ssn', '123-45-6789'],
  ['aws_access_key', key('AKIA', 'IOSFODNN7EXAMPLE')],
  ['anthropic_key', key('sk-ant-', 'api03-', FILL)],
  ['openai_key', key('sk-', 'proj-', FILL)],
  ['google_key', key('AIza', FILL.slice(0, 35))],
  ['github_token', key('ghp_', FILL.slice(0, 36))],
  ['slack_token', key('xoxb-', '123456789012-', FILL.slice(0, 12))],
  ['stripe_key', key('sk_live_', FILL.slice(0, 24))],
  ['jwt', key('eyJ', 'hbGciOiJIUzI1NiJ9', '.', 'eyJ', 'zdWIiOiIxIn0', '.', 'c2ln')],
  ['private_key', key('-----BEGIN RSA ', 'PRIVATE KEY-----\nMIIE\n-----END RSA ', 'PRIVATE KEY-----')],
];

describe('detectors', { timeout: 60_000 }, () => {
  it.each(SECRETS)('%s: %s', (name, secret) => {
    expect(keptText(`Before ${secret}, and after.`)).toBe(`Before [REDACTED:${name}], and after.`);
    expect(keptText(secret)).toBe(`[REDACTED:${name}]`);
    expect(all.text(`${secret} and ${secret}`)).toMatchObject({ counts: { [name]: 2 } });
  });

  it.each(SECRETS)('%s finds nothing when it is off: %s', (name, secret) => {
    const others = DETECTORS.filter((each) => each !== name && !(name === 'anthropic_key' && each === 'openai_key'));
    const text = keptText(secret, only(...others));
    expect(text).not.toContain(`[REDACTED:${name}]`);
  });

  it('a secret key of AWS and nine digits are known by what is said of them', () => {
    expect(keptText(`aws_secret_access_key = "${key(FILL.slice(0, 38), '/+')}"`)).toBe(
      'aws_secret_access_key = "[REDACTED:aws_secret_key]"',
    );
    expect(keptText('SSN: 123456789.')).toBe('SSN: [REDACTED:us_ssn].');
  });

  it.each([
    'The weir was built in 1887-89 and restored on 2026-11-21 at 14:30:00.',
    'Order 4111111111111112, invoice 123456789, part 900-12-3456, 000-12-3456',
    'version 1.2.3, 10.0.0.1:8080, 3.14159265358979, 1700000000000',
    '550e8400-e29b-41d4-a716-446655440000 sha 709e80c88487a2411e1ee4dfb9f22a861492d20c',
    'import x from "@scope/pkg@1.2.3"; sk-ipped; task-force-one-two-three',
    'DE00 3704 0044 0532 0130 00 is no account',
  ])('what only looks like one stays: %s', (text) => {
    expect(keptText(text)).toBe(text);
  });

  it('a number that more digits or words follow is found all the same', () => {
    expect(keptText('4111 1111 1111 1111 2026', only('payment_card'))).toBe('[REDACTED:payment_card] 2026');
    expect(keptText('12 4111 1111 1111 1111 99', only('payment_card'))).toBe('12 [REDACTED:payment_card] 99');
    expect(keptText('DE89 3704 0044 0532 0130 00 please', only('iban'))).toBe('[REDACTED:iban] please');
  });

  it('a private key without an end is one to the end of the text', () => {
    expect(keptText(key('x -----BEGIN ', 'PRIVATE KEY-----\nMIIE'))).toBe('x [REDACTED:private_key]');
  });

  it.each([
    ['full-width letters', 'ｊｏ＠ｍａｉｌ．ｅｘａｍｐｌｅ'],
    ['unseen characters', 'jo\u200b@ma\u00adil.example'],
    ['escapes in the text', 'jo\\u0040mail\\u002eexample'],
    ['escapes of escapes', 'jo\\\\u0040mail.example'],
  ])('what hides a text from a pattern does not: %s', (_how, secret) => {
    expect(keptText(`write to ${secret}!`)).toBe('write to [REDACTED:email]!');
  });

  it('spaces and dashes of other kinds are ones', () => {
    expect(keptText('4111\u00a01111\u20091111\u00a01111', only('payment_card'))).toBe('[REDACTED:payment_card]');
    expect(keptText('123\u201345\u20116789', only('us_ssn'))).toBe('[REDACTED:us_ssn]');
  });
});

describe('own patterns', () => {
  const own = (pattern: string, name = 'badge') => redactorOf({ detectors: ['email'], patterns: [{ name, pattern }] });

  it('are redacted beside the built-in ones, and what overlaps is one stretch', () => {
    expect(keptText('badge W-123, a@b.example', own('W-[0-9]+'))).toBe('badge [REDACTED:badge], [REDACTED:email]');
    expect(keptText('a@b.example/W-1', own('b\\.example/W-[0-9]'))).toBe('[REDACTED:email]');
  });

  it.each([
    ['pattern_invalid', '(?=a)b'],
    ['pattern_invalid', '('],
    ['pattern_invalid', '((a{100}){100}){100}'],
    ['pattern_matches_nothing', 'a*'],
    ['rules_invalid', 'a'.repeat(513)],
    ['rules_invalid', ''],
  ])('%s: %s', (code, pattern) => {
    expect(() => own(pattern)).toThrow(expect.objectContaining({ code }));
  });

  it('cannot take the name of a detector', () => {
    expect(() => own('x', 'email')).toThrow(expect.objectContaining({ code: 'name_taken', rule: 'email' }));
  });

  it('that would backtrack for ever look at a text once', { timeout: 60_000 }, () => {
    for (const pattern of ['(a+)+$', '(a|a)+b', '(x+x+)+y', '^(([a-z])+.)+[A-Z]([a-z])+$']) {
      const redactor = own(pattern);
      expect(redactor.text('a'.repeat(100_000)).isKept).toBe(true);
    }
    for (const text of [
      '1 '.repeat(50_000),
      'DE89'.repeat(25_000),
      '@a.'.repeat(30_000),
      '('.repeat(100_000),
      'a@'.repeat(50_000),
    ]) {
      expect(all.text(text).isKept).toBe(true);
    }
  });
});

/** JSON text of a value in which letters are escaped at random. */
const escaped = (text: string, bits: readonly boolean[]) =>
  text.replace(/[^\\"{}[\]:,\s]/g, (char, at: number) => {
    const isInEscape = /\\u?[0-9a-f]{0,3}$/.test(text.slice(0, at));
    return bits[at % bits.length] && !isInEscape && char.length === 1
      ? `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`
      : char;
  });
const quoted = (text: string, bits: readonly boolean[]) => `"${escaped(JSON.stringify(text).slice(1, -1), bits)}"`;

describe('bodies', { timeout: 120_000 }, () => {
  const bits = fc.array(fc.boolean(), { minLength: 1, maxLength: 7 });

  it('JSON stays JSON, nothing of a secret is left at any depth, and every other byte stays', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...SECRETS),
        bits,
        fc.integer({ min: 0, max: 3 }),
        ([name, secret], escapes, depth) => {
          let text = quoted(`say ${secret}.`, escapes);
          for (let n = 0; n < depth; n++) text = quoted(`{"a": [${text}]}`, n === 1 ? escapes : [false]);
          const [head, tail] = [
            '{ "model":"m","n" : 1.50,\n"messages":[{"role":"user","content":',
            '}] , "x":[ 1e2,"\\u00e9"]}\n',
          ];
          const redacted = all.requestBytes(Buffer.from(head + text + tail));
          if (!redacted.isKept) throw new Error(redacted.reason);
          const out = redacted.value.toString();
          expect(out.startsWith(head) && out.endsWith(tail)).toBe(true);
          let content = (JSON.parse(out) as { messages: [{ content: string }] }).messages[0].content;
          for (let n = 0; n < depth; n++) [content] = (JSON.parse(content) as { a: [string] }).a;
          expect(content).toBe(`say [REDACTED:${name}].`);
          expect(redacted.counts).toEqual({ [name]: 1 });
        },
      ),
      { numRuns: 1_000 },
    );
  });

  it('what holds nothing is kept to the byte', () => {
    const body = Buffer.from('{ "a" :"x\\u0041", "b":[1.0,true ,null],"a":"y" }\r\n');
    expect(all.requestBytes(body)).toEqual({ isKept: true, value: body, counts: {} });
  });

  it('numbers and names of members are looked at', () => {
    const redacted = all.requestBytes(Buffer.from('{"card":4111111111111111,"jo@mail.example":1}'));
    expect(redacted.isKept && redacted.value.toString()).toBe(
      '{"card":"[REDACTED:payment_card]","[REDACTED:email]":1}',
    );
  });

  it.each([
    ['a file', (text: string) => `data:text/plain;charset=utf-8;base64,${Buffer.from(text).toString('base64')}`],
    ['bytes alone', (text: string) => Buffer.from(text).toString('base64')],
    ['the other alphabet', (text: string) => Buffer.from(text).toString('base64url')],
    ['twice', (text: string) => Buffer.from(Buffer.from(text).toString('base64')).toString('base64')],
  ])('text under base64 is looked into: %s', (_how, coded) => {
    const notes = '{"von":"jörg@müller.example","notes":["call +49 30 901820 ÿ"]}';
    const body = JSON.stringify({ messages: [{ role: 'user', content: [{ file_data: coded(notes) }] }] });
    const redacted = all.requestBytes(Buffer.from(body));
    expect(redacted).toMatchObject({ isKept: true, counts: { email: 1, phone: 1 } });
    const { messages } = JSON.parse(redacted.isKept ? redacted.value.toString() : '');
    const [data] = (messages[0].content[0].file_data as string).split(',').slice(-1) as [string];
    const inner = Buffer.from(data, 'base64').toString();
    const last = inner.startsWith('{') ? inner : Buffer.from(inner, 'base64').toString();
    expect(JSON.parse(last)).toEqual({ von: '[REDACTED:email]', notes: ['call [REDACTED:phone] ÿ'] });
  });

  it('bytes that are no text, and text without a finding, stay as they are under base64', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        const body = Buffer.from(
          JSON.stringify({ a: `data:image/png;base64,${Buffer.from(bytes).toString('base64')}` }),
        );
        expect(only('private_key').requestBytes(body)).toEqual({ isKept: true, value: body, counts: {} });
      }),
    );
  });

  it('what is no JSON is looked through as text, and what is no text is not kept', () => {
    const broken = all.requestBytes(Buffer.from('{"a":"jo@mail.example"'));
    expect(broken.isKept && broken.value.toString()).toBe('{"a":"[REDACTED:email]"');
    expect(all.requestBytes(Buffer.from([0xff, 0xfe, 0x00]))).toEqual({ isKept: false, reason: 'not_text' });
    expect(all.requestBytes(Buffer.from('['.repeat(300)))).toEqual({ isKept: false, reason: 'failed' });
  });

  it('any error keeps nothing, and tells nothing of the text', () => {
    const failing = new Redactor([
      {
        name: 'x',
        find: (text) => {
          throw new Error(text);
        },
      },
    ]);
    const failed = { isKept: false, reason: 'failed' };
    const body = Buffer.from('{"messages":[{"role":"user","content":"secret"}]}');
    expect(failing.text('secret')).toEqual(failed);
    expect(failing.requestBytes(body)).toEqual(failed);
    expect(failing.request(readRequest('messages', body))).toEqual(failed);
    const answer = Buffer.from('{"choices":[{"message":{"content":"secret"}}]}');
    expect(failing.reply(readReply(answer))).toEqual(failed);
    expect(failing.replyBytes(answer)).toEqual(failed);
    let nested = '"x"';
    for (let n = 0; n < 12; n++) nested = JSON.stringify(`[${nested}]`);
    expect(all.requestBytes(Buffer.from(`[${nested}]`))).toEqual(failed);
  });
});

describe('answers', { timeout: 120_000 }, () => {
  const secretly = fc.constantFrom(...SECRETS.filter(([name]) => name !== 'private_key'));

  it('what is split over a stream is found once it is put together, in words and in arguments, and its bytes are not kept', () => {
    fc.assert(
      fc.property(secretly, cuts, fc.constantFrom('text', 'args', 'reasoning'), ([name, secret], cut, place) => {
        const said = {
          reasoning: place === 'reasoning' ? `I see ${secret}.` : '',
          text: place === 'text' ? `It is ${secret}.` : 'Well.',
          calls: [{ id: 'c', name: 'send', args: place === 'args' ? { inner: JSON.stringify({ to: secret }) } : {} }],
        };
        for (const form of ['chat', 'responses', 'messages', 'converse', 'gemini'] as const) {
          for (const bytes of [whole(form, said), Buffer.concat(streamed(form, said, cut))]) {
            const redacted = all.reply(readReply(bytes));
            if (!redacted.isKept) throw new Error(redacted.reason);
            const text = JSON.stringify(redacted.value);
            expect(text).toContain(`[REDACTED:${name}]`);
            expect(redacted.counts).toEqual({ [name]: 1 });
            const raw = all.replyBytes(bytes);
            if (raw.isKept) expect(raw.value.toString()).toContain(`[REDACTED:${name}]`);
            expect(raw.isKept).toBe(bytes.equals(whole(form, said)));
            const kept = raw.isKept ? raw.value.toString() + JSON.stringify(JSON.parse(raw.value.toString())) : '';
            expect((text + kept).includes(secret)).toBe(false);
          }
        }
      }),
      { numRuns: 150 },
    );
  });

  it('bytes of a stream that holds nothing are kept as they are, and those that cannot be read are not', () => {
    const bytes = Buffer.concat(streamed('chat', { reasoning: '', text: 'A weir.', calls: [] }, (text) => [...text]));
    expect(all.replyBytes(bytes)).toEqual({ isKept: true, value: bytes, counts: {} });
    const torn = Buffer.concat([bytes, Buffer.from('data: {"x":"jo@ma')]);
    expect(all.replyBytes(torn)).toEqual({ isKept: false, reason: 'unreadable' });
    expect(all.replyBytes(Buffer.from('<html>jo@mail.example'))).toEqual({ isKept: false, reason: 'unreadable' });
  });

  it('an answer whose letters are listed one by one is not kept beside what was redacted', () => {
    const logprobs = { content: ['jo', '@', 'mail', '.example'].map((token) => ({ token })) };
    const body = { choices: [{ message: { content: 'jo@mail.example' }, logprobs, finish_reason: 'stop' }] };
    expect(all.replyBytes(Buffer.from(JSON.stringify(body)))).toEqual({ isKept: false, reason: 'in_pieces' });
  });

  it('ids, hashes and kinds of parts stay', () => {
    const block = { type: 'image', source: { type: 'base64', media_type: 'image/png', data: 'AAAA' } };
    const reading = readRequest(
      'messages',
      Buffer.from(JSON.stringify({ messages: [{ role: 'user', content: [block] }] })),
    );
    expect(
      redactorOf({ detectors: [], patterns: [{ name: 'any', pattern: '[a-z0-9]+' }] }).request(reading),
    ).toMatchObject({
      isKept: true,
      value: { inputMessages: reading.inputMessages },
      counts: {},
    });
  });
});
