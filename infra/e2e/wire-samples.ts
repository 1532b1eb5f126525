/** Calls whose bytes are compared with those of a direct call. */
export interface WireSample {
  readonly to: 'openai' | 'anthropic' | 'compatible';
  readonly path: string;
  /** null = GET. */
  readonly body: string | null;
  /** What the upstream is sent in its place. */
  readonly sentOn?: string;
}

const chat = (members: string) =>
  `{ "model": "gpt-4.1-mini", "messages": [{"role":"user","content":"é \\u00e9"}]${members} }`;
const CHAT = { to: 'openai', path: 'v1/chat/completions' } as const;
const ASKS = '"stream_options":{"include_usage":true},';
const MESSAGE = '{"model":"claude-sonnet-4-6","max_tokens":64,"messages":[{"role":"user","content":"hi"}]';

export const WIRE_SAMPLES: Readonly<Record<string, WireSample>> = {
  'a chat': { ...CHAT, body: chat('') },
  'a chat elsewhere': { ...CHAT, to: 'compatible', body: chat('') },
  'a stream without stream_options': {
    ...CHAT,
    body: chat(', "stream": true'),
    sentOn: chat(', "stream": true').replace('{', `{${ASKS}`),
  },
  'a stream elsewhere without stream_options': {
    ...CHAT,
    to: 'compatible',
    body: chat(', "stream": true'),
    sentOn: chat(', "stream": true').replace('{', `{${ASKS}`),
  },
  'a stream that declines usage': {
    ...CHAT,
    body: chat(', "stream": true, "stream_options": {"include_usage": false}'),
    sentOn: chat(', "stream": true, "stream_options": {"include_usage": true}'),
  },
  'a stream with empty stream_options': {
    ...CHAT,
    body: chat(', "stream": true, "stream_options": {}'),
    sentOn: chat(', "stream": true, "stream_options": {"include_usage":true}'),
  },
  'a stream that asks for usage': {
    ...CHAT,
    body: chat(', "stream": true, "stream_options": {"include_usage": true}'),
  },
  'a stream torn into single bytes': {
    ...CHAT,
    body: '{"model":"sim-split-bytes-40","messages":[],"stream":true}',
    sentOn: `{${ASKS}"model":"sim-split-bytes-40","messages":[],"stream":true}`,
  },
  'a stream with other line ends': {
    ...CHAT,
    body: '{"model":"sim-crlf","messages":[],"stream":true}',
    sentOn: `{${ASKS}"model":"sim-crlf","messages":[],"stream":true}`,
  },
  'a response': { to: 'openai', path: 'v1/responses', body: '{"model":"gpt-5.4-mini","input":"hi"}' },
  'a streamed response': {
    to: 'openai',
    path: 'v1/responses',
    body: '{"model":"gpt-5.4-mini","input":"hi","stream":true}',
  },
  embeddings: {
    to: 'openai',
    path: 'v1/embeddings',
    body: '{"model":"text-embedding-3-small","input":["a"],"encoding_format":"base64"}',
  },
  'a list of models': { to: 'openai', path: 'v1/models?limit=3', body: null },
  'a message': { to: 'anthropic', path: 'v1/messages?beta=true', body: `${MESSAGE}}` },
  'a streamed message': { to: 'anthropic', path: 'v1/messages', body: `${MESSAGE},"stream":true}` },
  'a count of tokens': { to: 'anthropic', path: 'v1/messages/count_tokens', body: `${MESSAGE}}` },
  'a list of Anthropic models': { to: 'anthropic', path: 'v1/models', body: null },
  'an error of the upstream': { to: 'anthropic', path: 'v1/messages', body: '{"model":"sim-529"}' },
  'an HTML page': { ...CHAT, body: '{"model":"sim-html","messages":[]}' },
  'a redirect': { ...CHAT, body: '{"model":"sim-redirect","messages":[]}' },
  'a compressed answer': { ...CHAT, body: '{"model":"sim-gzip","messages":[]}' },
  'an unknown path': { to: 'openai', path: 'v1/files', body: null },
};

export const USAGE_CHUNK = /data: \{[^\n\r]*"choices":\[\],"usage":\{[^\n\r]*\}(?:\r\n|\n)(?:\r\n|\n)/;
