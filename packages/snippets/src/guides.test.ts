import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import type { Guide } from './guide.js';
import { clientGuides, codeGuides, discoveryUrl } from './guides.js';
import type { SnippetTarget } from './target.js';

const proxyUrl = 'http://localhost:8080/llm/v1/providers/main';
const TYPES = ['openai', 'openai_compatible', 'groq', 'perplexity', 'azure_openai', 'anthropic', 'google', 'vertex'];
const ALL_TYPES = [...TYPES, 'bedrock', 'replicate'];

const allOf = (target: Partial<SnippetTarget>): Guide[] => {
  const whole = { type: 'openai', proxyUrl, model: null, ...target };
  return [...codeGuides(whole), ...clientGuides(whole)];
};
const guideOf = (id: string, target: Partial<SnippetTarget>): Guide => {
  const found = allOf(target).find((guide) => guide.id === id);
  if (!found) throw new Error(`no guide ${id}`);
  return found;
};
const textOf = (guide: Guide) => guide.steps.map(({ code }) => code).join('\n');
const stepOf = (guide: Guide, title: string) => guide.steps.find((step) => step.title === title)?.code ?? '';

describe.each(ALL_TYPES)('every guide for %s', (type) => {
  it.each([false, true])(
    'leads to the proxy URL and reads the token from the environment, passthrough %s',
    (passthrough) => {
      const guides = allOf({ type, passthrough });
      expect(guides.length).toBeGreaterThan(2);
      for (const guide of guides) {
        const text = textOf(guide);
        expect(text, guide.id).toContain(proxyUrl);
        if (guide.id !== 'editor') expect(text, guide.id).toContain('WEIR_TOKEN');
        expect(text, guide.id).not.toContain('weir_');
        expect(text, guide.id).not.toMatch(/undefined|null\b(?!, nil|\))|\[object/);
      }
    },
  );

  it('sends the token beside the app’s own key with passthrough', () => {
    for (const guide of allOf({ type, passthrough: true })) {
      expect(textOf(guide), guide.id).toMatch(/x-weir-authorization/i);
    }
  });

  it('names the model it is made for, whatever it is called', () => {
    const model = `it's "odd" $HOME \`x\``;
    for (const guide of allOf({ type, model })) {
      if (guide.id === 'editor') continue;
      const text = textOf(guide);
      const spellings = [
        JSON.stringify(model),
        JSON.stringify(`weir/${model}`),
        `'it\\'s "odd" $HOME \`x\`'`,
        `'it'\\''s "odd" $HOME \`x\`'`,
        JSON.stringify(model).slice(1, -1).replaceAll("'", `'\\''`),
        encodeURIComponent(model).replaceAll("'", `'\\''`),
      ];
      expect(
        spellings.some((spelling) => text.includes(spelling)),
        `${guide.id}\n${text}`,
      ).toBe(true);
    }
  });
});

describe('curl', () => {
  /** What the shell hands to curl, one argument a line. */
  const argumentsOf = (command: string) =>
    execFileSync('sh', ['-c', `curl() { printf '%s\\n' "$@"; }; gcloud() { echo ya29; }; ${command}`], {
      env: {
        ...{ WEIR_TOKEN: 'weir_t', ANTHROPIC_API_KEY: 'sk-ant', OPENAI_API_KEY: 'sk-oa', GEMINI_API_KEY: 'sk-g' },
        ...{ AZURE_OPENAI_API_KEY: 'sk-az', AWS_BEARER_TOKEN_BEDROCK: 'sk-aws' },
      },
      encoding: 'utf8',
    }).split('\n');
  const given = (target: Partial<SnippetTarget>) => argumentsOf(textOf(guideOf('curl', target)));

  it('is a command the shell reads as meant', () => {
    const model = `it's "odd" $HOME \`x\``;
    const call = given({ model });
    expect(call[0]).toBe(`${proxyUrl}/v1/chat/completions`);
    expect(call).toContain('Authorization: Bearer weir_t');
    expect(JSON.parse(call[call.indexOf('-d') + 1] ?? '')).toMatchObject({ model });
  });

  it.each([
    ['anthropic', `${proxyUrl}/v1/messages`, 'x-api-key: weir_t', 'x-api-key: sk-ant'],
    ['google', `${proxyUrl}/v1beta/models/m:generateContent`, 'x-goog-api-key: weir_t', 'x-goog-api-key: sk-g'],
    [
      'vertex',
      `${proxyUrl}/v1/projects/your-project/locations/us-central1/publishers/google/models/m:generateContent`,
      'Authorization: Bearer weir_t',
      'Authorization: Bearer ya29',
    ],
    ['bedrock', `${proxyUrl}/model/m/converse`, 'Authorization: Bearer weir_t', 'Authorization: Bearer sk-aws'],
    ['perplexity', `${proxyUrl}/chat/completions`, 'Authorization: Bearer weir_t', 'Authorization: Bearer '],
  ])('speaks the API of %s and puts the credential where it belongs', (type, url, token, own) => {
    const call = given({ type, model: 'm' });
    expect(call[0]).toBe(url);
    expect(call).toContain(token);
    const passed = given({ type, model: 'm', passthrough: true });
    expect(passed).toContain('x-weir-authorization: Bearer weir_t');
    expect(passed).toContain(own);
  });

  it('names the deployment in the path where Azure wants it there', () => {
    const settings = { api_version: '2025-01-01' };
    const call = given({ type: 'azure_openai', model: 'my gpt', settings });
    expect(call[0]).toBe(`${proxyUrl}/openai/deployments/my%20gpt/chat/completions?api-version=2025-01-01`);
    expect(call).toContain('api-key: weir_t');
  });

  it('asks for the models an upstream offers where it can', () => {
    const urlOf = (type: string) => discoveryUrl({ type, proxyUrl, model: null });
    expect(urlOf('openai')).toBe(`${proxyUrl}/v1/models`);
    expect(urlOf('anthropic')).toBe(`${proxyUrl}/v1/models`);
    expect(urlOf('google')).toBe(`${proxyUrl}/v1beta/models`);
    expect(urlOf('bedrock')).toBeNull();
  });
});

describe('AWS’s Python SDK', () => {
  const pythonFor = (address: string, passthrough = false) =>
    codeGuides({ type: 'bedrock', proxyUrl: address, model: null, passthrough }).find(({ id }) => id === 'python');

  it('presents the token in a header over plain http, where it refuses to send a bearer value', () => {
    const [plain, secured] = [pythonFor(proxyUrl), pythonFor('https://llm.example.com/llm/v1/providers/main')];
    expect(textOf(plain as Guide)).toContain('x-weir-authorization');
    expect(textOf(secured as Guide)).toContain('AWS_BEARER_TOKEN_BEDROCK');
    expect(textOf(secured as Guide)).not.toContain('aws_access_key_id');
    expect(pythonFor(proxyUrl, true)).toBeUndefined();
  });
});

describe('a coding client', () => {
  it('is offered where it speaks the provider’s API', () => {
    const ids = (type: string) => clientGuides({ type, proxyUrl, model: null }).map(({ id }) => id);
    expect(ids('openai')).toEqual(['codex', 'opencode', 'editor']);
    expect(ids('anthropic')).toEqual(['claude-code', 'opencode', 'editor']);
    expect(ids('google')).toEqual(['gemini-cli', 'opencode']);
    expect(ids('bedrock')).toEqual(['claude-code', 'opencode']);
    expect(ids('vertex')).toEqual(['claude-code']);
    expect(ids('groq')).toEqual(['codex', 'opencode', 'editor']);
    expect(ids('perplexity')).toEqual(['opencode', 'editor']);
  });

  it('asks for the chosen model only, also for its small one', () => {
    const chosen = stepOf(guideOf('claude-code', { type: 'anthropic', model: 'claude-x' }), 'Environment');
    expect(chosen).toContain("ANTHROPIC_MODEL='claude-x'");
    expect(chosen).toContain("ANTHROPIC_DEFAULT_HAIKU_MODEL='claude-x'");
    expect(stepOf(guideOf('claude-code', { type: 'anthropic' }), 'Environment')).not.toContain('_MODEL');
  });

  it('is configured by files that parse', () => {
    for (const type of ['openai', 'anthropic', 'google', 'bedrock']) {
      const config: unknown = JSON.parse(stepOf(guideOf('opencode', { type, model: 'a/b"c' }), 'opencode.json'));
      expect(config).toMatchObject({ model: 'weir/a/b"c', provider: { weir: { models: { 'a/b"c': {} } } } });
    }
    expect(stepOf(guideOf('codex', {}), '~/.codex/config.toml')).toContain(`base_url = "${proxyUrl}/v1"`);
  });
});
