import { CLIENT_CLOSE } from '../client-close/client-close.js';
import { apiKeyForm } from '../credential/api-key.js';
import { objectOf, textOf } from '../json/value.js';
import { openai } from '../openai/index.js';
import { sharedPath } from '../presets/paths.js';
import type { ProviderTypeDefinition } from '../provider-type.js';
import { ReplyReader } from '../reply/reply-reader.js';
import { SILENT_READER } from '../reply/silent-reader.js';
import { endpointOf, modelIn } from './endpoint.js';
import { parseModelList } from './model-list.js';
import { predictionReply } from './prediction-reply.js';

const BASE_URL = 'https://api.replicate.com/v1';

/** https://replicate.com/docs/reference/http */
export const replicate: ProviderTypeDefinition = {
  ...openai,
  type: 'replicate',
  label: 'Replicate',
  summary: 'Image, video, audio and language models by the second.',
  clientClose: CLIENT_CLOSE.replicate,
  credentialForms: [apiKeyForm('REPLICATE_API_TOKEN', 'Made at https://replicate.com/account/api-tokens.')],
  baseUrlFor: () => BASE_URL,
  upstreamPath: sharedPath,
  endpointOf,
  requestFacts(_endpoint, callPath, body) {
    const inPath = modelIn(callPath);
    const version = textOf(objectOf(body)?.version);
    // `owner/name:version` names a model as well as a bare version id does.
    const model = inPath ?? (version?.includes('/') ? (version.split(':', 1)[0] as string) : version);
    const facts = { model, stream: false, user: null, conversation: null };
    return inPath === null ? facts : { ...facts, isModelInPath: true };
  },
  requestUsage: () => null,
  usageReader: (endpoint, response) =>
    endpoint === 'predictions' || response.status >= 400
      ? new ReplyReader(predictionReply, response.contentType)
      : SILENT_READER,
  probe(model) {
    const path = model === null ? 'v1/models' : `v1/models/${model.split('/').map(encodeURIComponent).join('/')}`;
    return { method: 'GET', path, headers: {}, body: null };
  },
  parseModelList,
};
