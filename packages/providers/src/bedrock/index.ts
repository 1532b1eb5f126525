import { anthropic } from '../anthropic/index.js';
import { CLIENT_CLOSE } from '../client-close/client-close.js';
import { CREDENTIAL_HEADERS } from '../credential-headers.js';
import { objectOf, textOf } from '../json/value.js';
import { openai } from '../openai/index.js';
import type { ProviderTypeDefinition, RequestFacts, ResponseHead, UsageReader } from '../provider-type.js';
import { SILENT_READER } from '../reply/silent-reader.js';
import { AnswerReader } from './answer-reader.js';
import { converseAnswer } from './converse-answer.js';
import { CREDENTIAL_FORMS, credentialFor } from './credential-forms.js';
import { endpointOf, nativeCall, STREAMS } from './endpoint.js';
import { ErrorReader, refusal, refusalHeaders } from './error.js';
import { invokeAnswer } from './invoke-answer.js';
import { parseModelList } from './model-list.js';
import { FURTHER_MODEL_LISTS, probe } from './probe.js';
import { modelId } from './profiles/model-reference.js';
import { baseUrlFor, modelListBaseUrl, REGION_FIELD } from './region.js';
import { UnnamedModel } from './unnamed-model.js';
import { upstreamPath } from './upstream-path.js';
import { readNative } from './wire.js';

/** AWS signatures, of the client's making, end here: the proxy signs again. */
const SIGNATURE_HEADERS = ['x-amz-date', 'x-amz-security-token', 'x-amz-content-sha256'];

function requestFacts(endpoint: string, callPath: string, body: unknown): RequestFacts {
  const native = nativeCall(callPath);
  if (native !== null) return readNative(native.model, STREAMS.has(native.endpoint), body);
  const facts = endpoint.startsWith('messages')
    ? anthropic.requestFacts(endpoint, callPath, body)
    : openai.requestFacts(endpoint, callPath, body);
  // StartAsyncInvoke names its model in the body.
  return facts.model === null ? { ...facts, model: textOf(objectOf(body)?.modelId) } : facts;
}

function usageReader(endpoint: string, response: ResponseHead): UsageReader {
  if (response.status >= 400) return new ErrorReader(response);
  switch (endpoint) {
    case 'converse':
    case 'converse_stream':
      return new AnswerReader(converseAnswer, response);
    case 'invoke':
    case 'invoke_stream':
      return new AnswerReader(invokeAnswer, response);
    case 'count_tokens':
      return SILENT_READER;
    case 'messages':
      return new UnnamedModel(anthropic.usageReader(endpoint, response));
    default:
      return new UnnamedModel(openai.usageReader(endpoint, response));
  }
}

export const bedrock: ProviderTypeDefinition = {
  type: 'bedrock',
  label: 'AWS Bedrock',
  summary: 'Claude, Nova, Llama and others in your AWS account.',
  clientClose: CLIENT_CLOSE.bedrock,
  // The caller's own Bedrock API key; a signature holds only for the address it was made for.
  supportsPassthrough: true,
  credentialForms: CREDENTIAL_FORMS,
  settings: [REGION_FIELD],
  baseUrlFor,
  upstreamPath,
  endpointOf,
  credentialHeaders: [...CREDENTIAL_HEADERS, ...SIGNATURE_HEADERS],
  passthroughHeaders: ['authorization'],
  credentialFor,
  modelId,
  requestFacts,
  requestUsage: openai.requestUsage,
  streamFilter: openai.streamFilter,
  usageReader,
  refusal,
  refusalHeaders,
  requestIdHeader: 'x-amzn-requestid',
  probe,
  modelListBaseUrl,
  furtherModelLists: FURTHER_MODEL_LISTS,
  parseModelList,
};
