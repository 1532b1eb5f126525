import type { Answer, Call, Dialect } from '../answer.js';
import { SIMULATED_FAULTS } from '../behaviour.js';
import { promptOf } from './ask.js';
import { batchEmbedContents, embedContent, predict } from './embed.js';
import { generateContent, streamGenerateContent } from './generate.js';
import { createInteraction } from './interact.js';
import type { GoogleCall } from './route.js';

const MODELS = ['gemini-3-flash-preview', 'gemini-2.5-pro', 'gemini-2.5-flash', 'gemini-2.0-flash'];
const EMBEDDERS = ['gemini-embedding-001', 'gemini-embedding-2'];

/** https://cloud.google.com/apis/design/errors#error_codes */
const STATUSES: Readonly<Record<number, string>> = {
  400: 'INVALID_ARGUMENT',
  401: 'UNAUTHENTICATED',
  403: 'PERMISSION_DENIED',
  404: 'NOT_FOUND',
  429: 'RESOURCE_EXHAUSTED',
  500: 'INTERNAL',
  503: 'UNAVAILABLE',
  504: 'DEADLINE_EXCEEDED',
};

/** Status and text with which each API refuses a credential. */
export const REFUSED: Readonly<Record<GoogleCall['api'], readonly [number, string]>> = {
  gemini: [400, 'API key not valid. Please pass a valid API key.'],
  vertex: [401, 'Request had invalid authentication credentials. Expected OAuth 2 access token.'],
};

export function googleDialect(google: GoogleCall): Dialect {
  return {
    requestIdHeader: 'x-goog-request-id',
    error: (status, message) => {
      const error = { code: status, message, status: STATUSES[status] ?? 'UNKNOWN' };
      return `${JSON.stringify({ error }, null, 2)}\n`;
    },
    answer: (call) => answer(call, google),
  };
}

function answer(call: Call, google: GoogleCall): Answer | null {
  const model = google.model ?? '';
  if (call.method === 'GET') return listed(google);
  if (call.method !== 'POST') return null;
  if (google.path === '/interactions') return createInteraction(call);
  switch (google.path.slice(google.path.lastIndexOf(':') + 1)) {
    case 'generateContent':
      return generateContent(call, google);
    case 'streamGenerateContent':
      return streamGenerateContent(call, google);
    case 'countTokens':
      return counted(call);
    case 'embedContent':
      return embedContent(call, model);
    case 'batchEmbedContents':
      return batchEmbedContents(call, model);
    case 'predict':
      return predict(call);
    default:
      return null;
  }
}

function counted(call: Call): Answer {
  // The whole request may come wrapped, as the Gemini API has it.
  const request = (call.body.generateContentRequest ?? call.body) as Call['body'];
  const { textTokens, imageTokens } = promptOf(request);
  const promptTokensDetails = [{ modality: 'TEXT', tokenCount: textTokens }];
  return json({ totalTokens: textTokens + imageTokens, promptTokensDetails });
}

function listed({ api, path, model }: GoogleCall): Answer | null {
  const all = [...MODELS, ...EMBEDDERS, ...SIMULATED_FAULTS].map((id) => cardOf(id, api));
  if (path === '/models') return json(api === 'vertex' ? { publisherModels: all } : { models: all });
  if (model === null || !path.startsWith('/models/')) return null;
  return json(cardOf(model, api));
}

function cardOf(id: string, api: GoogleCall['api']): object {
  if (api === 'vertex') return { name: `publishers/google/models/${id}`, versionId: 'default', launchStage: 'GA' };
  const verbs = EMBEDDERS.includes(id) ? ['embedContent'] : ['generateContent', 'countTokens'];
  return {
    name: `models/${id}`,
    version: '001',
    displayName: id,
    inputTokenLimit: 1_048_576,
    outputTokenLimit: 65_536,
    supportedGenerationMethods: verbs,
  };
}

function json(body: object): Answer {
  return { kind: 'json', status: 200, body: `${JSON.stringify(body, null, 2)}\n`, billed: null };
}
