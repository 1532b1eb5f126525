import { CLIENT_CLOSE } from '../client-close/client-close.js';
import { apiKeyForm, NO_CREDENTIAL } from '../credential/api-key.js';
import { objectOf } from '../json/value.js';
import { openai } from '../openai/index.js';
import { speakingMessages } from '../presets/speaking-messages.js';
import type { ProviderTypeDefinition } from '../provider-type.js';
import { LineReader } from '../reply/line-reader.js';
import { endpointOf, isNative } from './endpoint.js';
import { nativeReply } from './native-reply.js';
import { upstreamPath } from './path.js';

/** https://docs.ollama.com/api */
export const ollama: ProviderTypeDefinition = speakingMessages({
  ...openai,
  type: 'ollama',
  label: 'Ollama',
  summary: 'Models on machines of your own.',
  clientClose: CLIENT_CLOSE.ollama,
  credentialForms: [
    NO_CREDENTIAL,
    apiKeyForm(
      'OLLAMA_API_KEY',
      'For ollama.com: made at https://ollama.com/settings/keys; otherwise your own proxy’s.',
    ),
  ],
  baseUrlFor: () => null,
  baseUrlHint: {
    example: 'http://ollama.internal:11434',
    help: 'Where Ollama listens (OLLAMA_HOST); a private address must be on the operator’s list, WEIR_ALLOWED_HOSTS.',
  },
  upstreamPath,
  endpointOf,
  requestFacts(endpoint, callPath, body) {
    const facts = openai.requestFacts(endpoint, callPath, body);
    const streams = endpoint === 'chat' || endpoint === 'generate';
    // Unlike everybody else's, these stream unless told not to.
    return streams ? { ...facts, stream: objectOf(body)?.stream !== false } : facts;
  },
  usageReader(endpoint, response) {
    if (!isNative(endpoint) || response.status >= 400) return openai.usageReader(endpoint, response);
    const isStream = /ndjson/i.test(response.contentType);
    return new LineReader(nativeReply(endpoint, isStream), isStream);
  },
});
