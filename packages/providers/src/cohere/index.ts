import { CLIENT_CLOSE } from '../client-close/client-close.js';
import { apiKeyForm } from '../credential/api-key.js';
import { openai } from '../openai/index.js';
import { readerAs } from '../openai/reader.js';
import { OPENAI_USAGE } from '../openai/usage-convention.js';
import type { ProviderTypeDefinition } from '../provider-type.js';
import { LineReader } from '../reply/line-reader.js';
import { ReplyReader } from '../reply/reply-reader.js';
import { endpointOf, isNative } from './endpoint.js';
import { nativeReply } from './native-reply.js';
import { upstreamPath } from './path.js';
import { probe } from './probe.js';

const BASE_URL = 'https://api.cohere.ai';

const compatibleReader = readerAs({ ...OPENAI_USAGE, cache: 'inside', reasoning: 'inside' });

/** https://docs.cohere.com/reference/about */
export const cohere: ProviderTypeDefinition = {
  ...openai,
  type: 'cohere',
  label: 'Cohere',
  summary: 'Command models, embeddings and reranking.',
  clientClose: CLIENT_CLOSE.cohere,
  credentialForms: [apiKeyForm('COHERE_API_KEY', 'Made at https://dashboard.cohere.com/api-keys.')],
  baseUrlFor: () => BASE_URL,
  upstreamPath,
  endpointOf,
  // Cohere says its compatibility API takes `stream_options`, others still see it refused; a stream that fails is worse
  // than one whose usage is unknown. (cohere-ai/cohere-developer-experience#606, strandsagents.com on Cohere)
  requestUsage: () => null,
  usageReader(endpoint, response) {
    if (!isNative(endpoint) && response.status < 400) return compatibleReader(endpoint, response);
    if (/stream\+json|ndjson/i.test(response.contentType)) return new LineReader(nativeReply, true);
    return new ReplyReader(nativeReply, response.contentType);
  },
  requestIdHeader: 'x-debug-trace-id',
  probe,
};
