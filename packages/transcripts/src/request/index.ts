import { type JsonObject, objectOf, parsedText } from '@weir/providers';
import { toolDefinitions } from '../dialect/tools.js';
import { anthropicGiven, converseGiven, geminiGiven } from './blocks.js';
import { chatGiven, cohereGiven } from './chat.js';
import { closedJson } from './cut-json.js';
import type { Given, RequestReading } from './reading.js';
import { heardGiven, realtimeGiven } from './realtime.js';
import { responsesGiven } from './responses.js';
import { textsGiven } from './texts.js';

export type { RequestReading } from './reading.js';

/** By the endpoints that `@weir/providers` tells apart; a name means the same form whichever upstream serves it. */
const READERS: ReadonlyMap<string, (request: JsonObject) => Given> = new Map([
  ['chat.completions', chatGiven],
  ['responses', responsesGiven],
  ['realtime.response', realtimeGiven],
  ['realtime.transcription', heardGiven],
  ['messages', anthropicGiven],
  ['generate_content', geminiGiven],
  ['stream_generate_content', geminiGiven],
  ['converse', converseGiven],
  ['converse_stream', converseGiven],
  ['invoke', invokeGiven],
  ['invoke_stream', invokeGiven],
  ['raw_predict', invokeGiven],
  ['chat', (request) => (request.message === undefined ? chatGiven(request) : cohereGiven(request))],
  ...[
    'completions',
    'embeddings',
    'embed_content',
    'batch_embed_contents',
    'generate',
    'embed',
    'images.generations',
  ].map((endpoint) => [endpoint, textsGiven] as const),
]);

const NOTHING = { systemInstructions: [], toolDefinitions: [], inputMessages: [] };

/** Whether the requests of an endpoint have a form that is known. */
export const isReadableEndpoint = (endpoint: string): boolean => READERS.has(endpoint);

/**
 * What a request gives a model, in one form for all dialects. Never throws.
 * @param endpoint as `endpointOf` of its provider type names it
 * @param body content-decoded
 * @param isCut it is the beginning of one, and is read as far as it came
 */
export function readRequest(endpoint: string, body: Buffer, isCut = false): RequestReading {
  const reader = READERS.get(endpoint);
  if (reader === undefined) return { ...NOTHING, unreadable: 'unknown_endpoint' };
  const text = body.toString('utf8');
  const parsed = parsedText(isCut ? closedJson(text) : text);
  if ('fault' in parsed) return { ...NOTHING, unreadable: parsed.fault };
  const request = objectOf(parsed.value);
  if (request === null) return { ...NOTHING, unreadable: 'not_json' };
  const { system, messages, tools } = reader(request);
  return {
    systemInstructions: system,
    toolDefinitions: tools ?? toolDefinitions(request),
    inputMessages: messages,
    unreadable: null,
  };
}

/** Bedrock's InvokeModel, and Vertex of its partners, take each model's own form. */
function invokeGiven(request: JsonObject): Given {
  if (!Array.isArray(request.messages)) return textsGiven(request);
  if (typeof request.anthropic_version === 'string') return anthropicGiven(request);
  const isNova = 'schemaVersion' in request || 'inferenceConfig' in request || Array.isArray(request.system);
  return isNova ? converseGiven(request) : chatGiven(request);
}
