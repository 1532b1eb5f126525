import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { exportToken, sdkBaseUrl, shellQuote, snippetsFor } from './snippets';

const proxyUrl = 'http://localhost:8080/llm/v1/providers/main';
const codeOf = (type: string, id: string, more: { model?: string; passthrough?: boolean } = {}) =>
  snippetsFor({ type, proxyUrl, model: more.model ?? null, passthrough: more.passthrough ?? false }).find(
    (snippet) => snippet.id === id,
  )?.code ?? '';

describe('the base URL an SDK is given', () => {
  it('ends in /v1 for OpenAI dialects and is the proxy URL itself for Anthropic', () => {
    expect(sdkBaseUrl('openai', proxyUrl)).toBe(`${proxyUrl}/v1`);
    expect(sdkBaseUrl('openai_compatible', `${proxyUrl}/`)).toBe(`${proxyUrl}/v1`);
    expect(sdkBaseUrl('anthropic', proxyUrl)).toBe(proxyUrl);
  });
});

describe('curl', () => {
  /** What the shell hands to curl, one argument a line. */
  const argumentsOf = (command: string) =>
    execFileSync('sh', ['-c', `curl() { printf '%s\\n' "$@"; }; ${command}`], {
      env: { NODE_ENV: 'test', WEIR_TOKEN: 'weir_t', ANTHROPIC_API_KEY: 'sk-ant', OPENAI_API_KEY: 'sk-oa' },
      encoding: 'utf8',
    }).split('\n');

  it('is a command the shell reads as meant, whatever the model is called', () => {
    const model = `it's "odd" $HOME \`x\``;
    const given = argumentsOf(codeOf('openai', 'curl', { model }));
    expect(given[0]).toBe(`${proxyUrl}/v1/chat/completions`);
    expect(given).toContain('Authorization: Bearer weir_t');
    const body: unknown = JSON.parse(given[given.indexOf('-d') + 1] ?? '');
    expect(body).toMatchObject({ model });
  });

  it('presents the token the way the Anthropic SDK does', () => {
    const given = argumentsOf(codeOf('anthropic', 'curl'));
    expect(given[0]).toBe(`${proxyUrl}/v1/messages`);
    expect(given).toContain('x-api-key: weir_t');
  });

  it('keeps the app’s own key and sends the token beside it with passthrough', () => {
    const given = argumentsOf(codeOf('anthropic', 'curl', { passthrough: true }));
    expect(given).toContain('x-weir-authorization: Bearer weir_t');
    expect(given).toContain('x-api-key: sk-ant');
    const openai = argumentsOf(codeOf('openai', 'curl', { passthrough: true }));
    expect(openai).toContain('x-weir-authorization: Bearer weir_t');
    expect(openai).toContain('Authorization: Bearer sk-oa');
  });
});

describe('SDK code', () => {
  it.each(['openai', 'openai_compatible', 'anthropic'])('for %s reads the token from the environment', (type) => {
    for (const id of ['python', 'typescript']) {
      expect(codeOf(type, id)).toContain('WEIR_TOKEN');
      expect(codeOf(type, id)).not.toContain('weir_');
      expect(codeOf(type, id)).toContain(sdkBaseUrl(type, proxyUrl));
    }
  });

  it('carries the token in a header of its own with passthrough', () => {
    for (const type of ['openai', 'anthropic']) {
      expect(codeOf(type, 'python', { passthrough: true })).toContain('x-weir-authorization');
      expect(codeOf(type, 'typescript', { passthrough: true })).toContain('x-weir-authorization');
    }
    expect(codeOf('anthropic', 'claude-code', { passthrough: true })).toContain('ANTHROPIC_CUSTOM_HEADERS');
  });

  it('quotes a model name that holds quotes', () => {
    expect(codeOf('openai', 'typescript', { model: `a'b"c` })).toContain(`model: 'a\\'b"c'`);
    expect(codeOf('openai', 'python', { model: `a'b"c` })).toContain(`model="a'b\\"c"`);
  });

  it('names a model of the type when none is given', () => {
    expect(codeOf('anthropic', 'python')).toContain('model="claude-');
    expect(codeOf('openai_compatible', 'python')).toContain('model="your-model"');
  });
});

it('the token line is one shell word', () => {
  expect(exportToken('weir_abc')).toBe("export WEIR_TOKEN='weir_abc'");
  expect(shellQuote("a'b")).toBe(`'a'\\''b'`);
});
