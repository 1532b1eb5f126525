/** What a snippet is made for. Without a model it names one the reader replaces. */
export interface SnippetTarget {
  readonly type: string;
  readonly proxyUrl: string;
  readonly model: string | null;
  /** With passthrough the app keeps its own upstream key; the gateway token travels beside it. */
  readonly passthrough?: boolean;
}

export interface Snippet {
  readonly id: 'curl' | 'python' | 'typescript' | 'claude-code';
  readonly label: string;
  /** Shell line that installs what the code needs; null when nothing is needed. */
  readonly install: string | null;
  readonly code: string;
}

export const TOKEN_PLACEHOLDER = 'weir_…';

const FALLBACK_MODEL: Record<string, string> = {
  openai: 'gpt-4o-mini',
  anthropic: 'claude-sonnet-4-5',
};

/** The base URL an official SDK is given: OpenAI's ends in `/v1`, Anthropic's adds it itself. */
export function sdkBaseUrl(type: string, proxyUrl: string): string {
  const base = proxyUrl.replace(/\/+$/, '');
  return type === 'anthropic' ? base : `${base}/v1`;
}

/** The line that puts the token where the snippets read it. */
export function exportToken(token: string): string {
  return `export WEIR_TOKEN=${shellQuote(token)}`;
}

export function shellQuote(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}

/** The snippet as one text to copy: what to install stands above the code as a comment of its language. */
export function withInstall({ id, install, code }: Snippet): string {
  if (install === null) return code;
  return `${id === 'typescript' ? '//' : '#'} ${install}\n${code}`;
}

/** The model a snippet names when none was chosen. */
export function fallbackModel(type: string): string {
  return FALLBACK_MODEL[type] ?? 'your-model';
}

export function snippetsFor(target: SnippetTarget): Snippet[] {
  const model = target.model ?? fallbackModel(target.type);
  return target.type === 'anthropic' ? anthropicSnippets(target, model) : openaiSnippets(target, model);
}

function openaiSnippets({ type, proxyUrl, passthrough }: SnippetTarget, model: string): Snippet[] {
  const baseUrl = sdkBaseUrl(type, proxyUrl);
  const body = { model, messages: [{ role: 'user', content: 'Say hello' }] };
  return [
    {
      id: 'curl',
      label: 'curl',
      install: null,
      code: [
        `curl ${shellQuote(`${baseUrl}/chat/completions`)} \\`,
        ...(passthrough
          ? ['  -H "x-weir-authorization: Bearer $WEIR_TOKEN" \\', '  -H "Authorization: Bearer $OPENAI_API_KEY" \\']
          : ['  -H "Authorization: Bearer $WEIR_TOKEN" \\']),
        "  -H 'Content-Type: application/json' \\",
        `  -d ${shellQuote(JSON.stringify(body))}`,
      ].join('\n'),
    },
    {
      id: 'python',
      label: 'Python',
      install: 'pip install openai',
      code: [
        'import os',
        'from openai import OpenAI',
        '',
        'client = OpenAI(',
        `    base_url=${JSON.stringify(baseUrl)},`,
        ...(passthrough
          ? [
              '    api_key=os.environ["OPENAI_API_KEY"],',
              '    default_headers={"x-weir-authorization": f"Bearer {os.environ[\'WEIR_TOKEN\']}"},',
            ]
          : ['    api_key=os.environ["WEIR_TOKEN"],']),
        ')',
        'completion = client.chat.completions.create(',
        `    model=${JSON.stringify(model)},`,
        '    messages=[{"role": "user", "content": "Say hello"}],',
        ')',
        'print(completion.choices[0].message.content)',
      ].join('\n'),
    },
    {
      id: 'typescript',
      label: 'TypeScript',
      install: 'npm install openai',
      code: [
        "import OpenAI from 'openai';",
        '',
        'const client = new OpenAI({',
        `  baseURL: ${quoted(baseUrl)},`,
        ...(passthrough
          ? [
              '  apiKey: process.env.OPENAI_API_KEY,',
              // biome-ignore lint/suspicious/noTemplateCurlyInString: the placeholder is part of the code shown
              "  defaultHeaders: { 'x-weir-authorization': `Bearer ${process.env.WEIR_TOKEN}` },",
            ]
          : ['  apiKey: process.env.WEIR_TOKEN,']),
        '});',
        'const completion = await client.chat.completions.create({',
        `  model: ${quoted(model)},`,
        "  messages: [{ role: 'user', content: 'Say hello' }],",
        '});',
        'console.log(completion.choices[0].message.content);',
      ].join('\n'),
    },
  ];
}

function anthropicSnippets({ type, proxyUrl, passthrough }: SnippetTarget, model: string): Snippet[] {
  const baseUrl = sdkBaseUrl(type, proxyUrl);
  const body = { model, max_tokens: 256, messages: [{ role: 'user', content: 'Say hello' }] };
  return [
    {
      id: 'curl',
      label: 'curl',
      install: null,
      code: [
        `curl ${shellQuote(`${baseUrl}/v1/messages`)} \\`,
        ...(passthrough
          ? ['  -H "x-weir-authorization: Bearer $WEIR_TOKEN" \\', '  -H "x-api-key: $ANTHROPIC_API_KEY" \\']
          : ['  -H "x-api-key: $WEIR_TOKEN" \\']),
        "  -H 'anthropic-version: 2023-06-01' \\",
        "  -H 'Content-Type: application/json' \\",
        `  -d ${shellQuote(JSON.stringify(body))}`,
      ].join('\n'),
    },
    {
      id: 'python',
      label: 'Python',
      install: 'pip install anthropic',
      code: [
        'import os',
        'from anthropic import Anthropic',
        '',
        'client = Anthropic(',
        `    base_url=${JSON.stringify(baseUrl)},`,
        ...(passthrough
          ? [
              '    api_key=os.environ["ANTHROPIC_API_KEY"],',
              '    default_headers={"x-weir-authorization": f"Bearer {os.environ[\'WEIR_TOKEN\']}"},',
            ]
          : ['    api_key=os.environ["WEIR_TOKEN"],']),
        ')',
        'message = client.messages.create(',
        `    model=${JSON.stringify(model)},`,
        '    max_tokens=256,',
        '    messages=[{"role": "user", "content": "Say hello"}],',
        ')',
        'print(message.content[0].text)',
      ].join('\n'),
    },
    {
      id: 'typescript',
      label: 'TypeScript',
      install: 'npm install @anthropic-ai/sdk',
      code: [
        "import Anthropic from '@anthropic-ai/sdk';",
        '',
        'const client = new Anthropic({',
        `  baseURL: ${quoted(baseUrl)},`,
        ...(passthrough
          ? [
              '  apiKey: process.env.ANTHROPIC_API_KEY,',
              // biome-ignore lint/suspicious/noTemplateCurlyInString: the placeholder is part of the code shown
              "  defaultHeaders: { 'x-weir-authorization': `Bearer ${process.env.WEIR_TOKEN}` },",
            ]
          : ['  apiKey: process.env.WEIR_TOKEN,']),
        '});',
        'const message = await client.messages.create({',
        `  model: ${quoted(model)},`,
        '  max_tokens: 256,',
        "  messages: [{ role: 'user', content: 'Say hello' }],",
        '});',
        'console.log(message.content);',
      ].join('\n'),
    },
    {
      id: 'claude-code',
      label: 'Claude Code',
      install: 'npm install -g @anthropic-ai/claude-code',
      code: [
        `export ANTHROPIC_BASE_URL=${shellQuote(baseUrl)}`,
        passthrough
          ? 'export ANTHROPIC_CUSTOM_HEADERS="x-weir-authorization: Bearer $WEIR_TOKEN"'
          : 'export ANTHROPIC_AUTH_TOKEN="$WEIR_TOKEN"',
        'claude',
      ].join('\n'),
    },
  ];
}

/** A JavaScript string literal in single quotes. */
function quoted(text: string): string {
  return `'${JSON.stringify(text).slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'")}'`;
}
