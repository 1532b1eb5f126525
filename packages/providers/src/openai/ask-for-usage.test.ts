import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { askForUsage } from './ask-for-usage.js';

const ask = (text: string, endpoint = 'chat.completions'): string | null => {
  const body = Buffer.from(text);
  return askForUsage(endpoint, body, JSON.parse(text))?.toString() ?? null;
};

describe('askForUsage', () => {
  it.each([
    ['{"stream":true}', '{"stream_options":{"include_usage":true},"stream":true}'],
    [' \n{ "stream" : true }\n', ' \n{"stream_options":{"include_usage":true}, "stream" : true }\n'],
    ['{"stream":true,"stream_options":null}', '{"stream":true,"stream_options":{"include_usage":true}}'],
    ['{"stream":true,"stream_options":{ }}', '{"stream":true,"stream_options":{"include_usage":true }}'],
    [
      '{"stream_options" :\t{"include_obfuscation": false},"stream":true}',
      '{"stream_options" :\t{"include_usage":true,"include_obfuscation": false},"stream":true}',
    ],
    [
      '{"stream":true,"stream_options":{"x":{"include_usage":false},"include_usage" : false }}',
      '{"stream":true,"stream_options":{"x":{"include_usage":false},"include_usage" : true }}',
    ],
    [
      '{"stream":true,"stream_options":{"include_usage":null}}',
      '{"stream":true,"stream_options":{"include_usage":true}}',
    ],
    [
      '{"messages":[{"content":"\\"stream_options\\":{\\"include_usage\\":false}"}],"stream":true,"stream_options":{}}',
      '{"messages":[{"content":"\\"stream_options\\":{\\"include_usage\\":false}"}],"stream":true,"stream_options":{"include_usage":true}}',
    ],
    [
      '{"stream":true,"stream_options":{"a":1},"stream_options":{"b":2}}',
      '{"stream":true,"stream_options":{"a":1},"stream_options":{"include_usage":true,"b":2}}',
    ],
    [
      '{"stream":true,"stream\\u005foptions":{"include\\u005fusage":false}}',
      '{"stream":true,"stream\\u005foptions":{"include\\u005fusage":true}}',
    ],
  ])('%s becomes %s', (body, asked) => {
    expect(ask(body)).toBe(asked);
  });

  it.each([
    '{}',
    '{"stream":false}',
    '{"stream":"true"}',
    '{"stream":true,"stream_options":{"include_usage":true}}',
    '{"stream":true,"stream_options":{"include_usage":"yes"}}',
    '{"stream":true,"stream_options":[]}',
    '{"stream":true,"stream":false}',
    '[{"stream":true}]',
  ])('%s goes unchanged', (body) => {
    expect(ask(body)).toBeNull();
  });

  it('leaves endpoints alone that report usage anyway, and bodies that are no JSON', () => {
    for (const endpoint of ['responses', 'embeddings', 'opaque', 'models']) {
      expect(ask('{"stream":true}', endpoint)).toBeNull();
    }
    expect(askForUsage('chat.completions', Buffer.from('{"stream":true'), undefined)).toBeNull();
  });

  it('changes nothing else of any request', () => {
    const options = fc.option(
      fc.record({ include_usage: fc.constantFrom(false, null), x: fc.jsonValue() }, { requiredKeys: [] }),
    );
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), options, fc.nat(3), (rest, streamOptions, gap) => {
        const request = { ...rest, stream: true, stream_options: streamOptions };
        const asked: unknown = JSON.parse(ask(JSON.stringify(request, null, gap)) ?? 'null');
        const wanted = { ...request, stream_options: { ...streamOptions, include_usage: true } };
        expect(asked).toEqual(JSON.parse(JSON.stringify(wanted)));
      }),
    );
  });
});
