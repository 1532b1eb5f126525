import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PREFIX, parseRoute, queryValues } from './route.js';

const at = (rest: string) => `${PREFIX}main/${rest}`;

function codeOf(target: string): string {
  try {
    parseRoute(target);
    return 'accepted';
  } catch (error) {
    return (error as { code: string }).code;
  }
}

describe('a route', () => {
  it('is the provider and the path behind it, exactly as written', () => {
    expect(parseRoute(at('v1/models/ft:gpt%20x?limit=2&after=a%2Fb'))).toEqual({
      provider: 'main',
      callPath: 'v1/models/ft:gpt%20x?limit=2&after=a%2Fb',
      path: '/v1/models/ft:gpt%20x',
    });
    expect(parseRoute(at(''))).toEqual({ provider: 'main', callPath: '', path: '/' });
    expect(parseRoute(`${PREFIX}main?x=1`)).toEqual({ provider: 'main', callPath: '?x=1', path: '/' });
  });

  it.each([
    'model/arn%3Aaws%3Abedrock%3Aus-east-1%3A123456789012%3Ainference-profile%2Fus.anthropic.claude-v1%3A0/converse',
    'model/arn:aws:bedrock:us-east-1:123456789012:application-inference-profile%2fa1b2/invoke-with-response-stream',
  ])('keeps the escaped slashes of an AWS resource name: %s', (path) => {
    expect(parseRoute(at(path)).callPath).toBe(path);
  });

  it('keeps every character a path may hold', () => {
    const path = "v1/A-Z_a.z~0-9!$&'()*+,=:@/caf%C3%A9/%E6%97%A5%E6%9C%AC/a..b/.../x.";
    expect(parseRoute(at(path)).callPath).toBe(path);
  });

  it.each([
    'http://x/',
    'https://evil.example/llm/v1/providers/main/v1',
    '*',
    '',
    '?',
    '#',
    'llm/v1/providers/main/v1',
    '//evil.example/llm/v1/providers/main/v1',
    '/\\evil.example',
    '\\\\evil.example',
    '/llm/v1/providers//v1',
    '/llm//v1/providers/main/v1',
    '/./llm/v1/providers/main/v1',
    '/x/../llm/v1/providers/main/v1',
    at('/v1/models'),
    at('v1//models'),
    at('../admin'),
    at('v1/../../admin'),
    at('v1/..'),
    at('v1/.'),
    at('./v1'),
    at('.'),
    at('..'),
    at('..?x'),
    at('%2e%2e/admin'),
    at('%2E%2e/admin'),
    at('.%2e/admin'),
    at('%2e/v1'),
    at('v1%2f..%2fadmin'),
    at('v1%2Fmodels'),
    at('model/arn%3Aaws%2F..%2F..%2Fadmin/converse'),
    at('model/arn%3Aaws%2F%2Fadmin/converse'),
    at('model/arn%3Aaws%2F./converse'),
    at('model/arn%3Aaws%2F'),
    at('model/xarn%3Aaws%2Fa/converse'),
    at('model/arn%3Aaws%2Fa%5Cb/converse'),
    at('model/arn%3Aaws%2Fa%2e%2e/converse'),
    at(`model/arn%3Aaws${'%2Fa'.repeat(600)}/converse`),
    at('v1%5cadmin'),
    at('v1\\admin'),
    at('..\\admin'),
    at('%252e%252e/admin'),
    at('%25'),
    at('%25%32%65'),
    at('v1;x=1/models'),
    at('..;/admin'),
    at('v1/..;a=b/admin'),
    at('%3b/x'),
    at('%00'),
    at('v1%00.json'),
    at('%0d%0ahost:x'),
    at('%0a'),
    at('%09'),
    at('%1f'),
    at('%7f'),
    at('%c2%80'),
    at('%c2%9f'),
    at('%'),
    at('%2'),
    at('%zz'),
    at('%u002e%u002e/admin'),
    at('%c0%ae%c0%ae/admin'),
    at('%c0%2e'),
    at('%c1%9c'),
    at('%e0%80%ae/admin'),
    at('%f0%80%80%ae/admin'),
    at('%ed%a0%80'),
    at('%f5%80%80%80'),
    at('%ff'),
    at('%ef%bc%8e%ef%bc%8e/admin'), // fullwidth full stops
    at('%e2%80%a5/admin'), // two dot leader
    at('%e2%80%a4%e2%80%a4/admin'), // one dot leaders
    at('v1%ef%bc%8fadmin'), // fullwidth solidus
    at('v1%ef%bc%bcadmin'), // fullwidth reverse solidus
    at('v1%ef%bc%9bx'), // fullwidth semicolon
    at('v1/a b'),
    at('v1/a\tb'),
    at('v1/a\u0000b'),
    at('v1/a\u00e9'),
    at('v1/a"b'),
    at('v1/a<b'),
    at('v1/a|b'),
    at('v1/a^b'),
    at('v1/a`b'),
    at('v1/{x}'),
    at('v1/[x]'),
    at('v1#frag'),
    at('v1?a#frag'),
    at('v1?a b'),
    at('v1?a\u0000'),
    at('v1?a\u00e9'),
    at('v1/models?key=abc'),
    at('v1/models?x=1&KEY=abc'),
    at('v1/models?api%5Fkey=abc'),
    at('v1/models?api-key=abc'),
    at('v1/models?access_token=abc'),
    at('model/m/converse?X-Amz-Credential=a&X-Amz-Signature=b'),
  ])('refuses %j', (target) => {
    expect(codeOf(target)).toBe('request_invalid');
  });

  it.each([
    '/',
    '/graphql',
    '/llm',
    '/llm/v1/providers',
    '/llm/v1/providers/',
    '/LLM/v1/providers/main/v1',
    '/llm/v2/providers/main/v1',
    '/%6clm/v1/providers/main/v1',
    '/llm/v1/providers/Main/v1',
    '/llm/v1/providers/1main/v1',
    '/llm/v1/providers/ma_in/v1',
    '/llm/v1/providers/m%61in/v1',
    `/llm/v1/providers/${'a'.repeat(64)}/v1`,
  ])('finds no provider at %j', (target) => {
    expect(codeOf(target)).toBe('provider_unknown');
  });

  it('never lets a path out of the provider, whatever it is made of', () => {
    const part = fc.oneof(
      fc.constantFrom(
        '/',
        '.',
        '..',
        '//',
        '\\',
        '%2e',
        '%2f',
        '%5c',
        '%25',
        '%00',
        ';',
        ':',
        '@',
        '?',
        '#',
        'v1',
        'a',
        '%c0%ae',
        '%ef%bc%8e',
        'http:',
      ),
      fc.string({ maxLength: 6 }),
      fc.string({ unit: 'binary', maxLength: 3 }).map(encodeURI.bind(null)),
    );
    let accepted = 0;
    fc.assert(
      fc.property(fc.array(part, { maxLength: 8 }), (parts) => {
        const rest = parts.join('');
        if (codeOf(at(rest)) !== 'accepted') return;
        accepted++;
        const { callPath } = parseRoute(at(rest));
        const resolved = new URL(`https://api.example/base/v1/${callPath}`);
        expect(resolved.origin).toBe('https://api.example');
        expect(resolved.pathname.startsWith('/base/v1/')).toBe(true);
        let decoded = resolved.pathname;
        for (let times = 0; times < 3; times++) decoded = decodeURIComponent(decoded);
        expect(new URL(`https://api.example${decoded.replaceAll('?', '%3f').replaceAll('#', '%23')}`).pathname).toMatch(
          /^\/base\/v1\//,
        );
      }),
      { numRuns: 20_000 },
    );
    expect(accepted).toBeGreaterThan(500);
  }, 60_000);
});

it('reads query values as a form would', () => {
  expect(queryValues('v1/x?model=a&model=b%2F&other=c', 'model')).toEqual(['a', 'b/']);
  expect(queryValues('v1/model', 'model')).toEqual([]);
});
