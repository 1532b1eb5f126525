import { readRequest } from '../openai/wire.js';
import type { RequestFacts } from '../provider-type.js';
import { modelCallIn, modelId } from './resource.js';

/** Google's own calls name model and streaming in the path; those in OpenAI's dialect do it in the body. */
export function requestFacts(endpoint: string, callPath: string, body: unknown): RequestFacts {
  const call = modelCallIn(callPath);
  const inBody = readRequest(body);
  const model = call?.model ?? inBody.model;
  return {
    model: model === null ? null : modelId(model),
    stream: endpoint === 'stream_generate_content' || (call === null && inBody.stream),
    user: inBody.user,
    conversation: call === null ? inBody.conversation : null,
    isModelInPath: call !== null,
  };
}
