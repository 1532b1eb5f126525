import { readerAs } from '../openai/reader.js';
import { OPENAI_USAGE } from '../openai/usage-convention.js';
import type { ResponseHead, UsageReader } from '../provider-type.js';
import { ReplyReader } from '../reply/reply-reader.js';
import { SILENT_READER } from '../reply/silent-reader.js';
import { CompatibleReader } from './compatible-reader.js';
import { embedReply } from './embed-reply.js';
import { generateReply } from './generate-reply.js';
import { interactionReply } from './interaction-reply.js';
import { tierNamed } from './usage.js';

const GENERATING = new Set(['generate_content', 'stream_generate_content']);
const EMBEDDING = new Set(['embed_content', 'batch_embed_contents', 'predict']);
const COMPATIBLE = new Set(['chat.completions', 'completions', 'embeddings', 'responses', 'images.generations']);

/**
 * In OpenAI's dialect Google's `total_tokens` holds the model's thoughts, its `completion_tokens` does not, and nothing
 * names them. (https://ai.google.dev/gemini-api/docs/openai)
 */
const compatibleReader = readerAs({ ...OPENAI_USAGE, unnamed: 'thoughts' });

/** Errors have Google's shape in OpenAI's dialect, too: an object, or an array with one. */
export function usageReader(endpoint: string, response: ResponseHead): UsageReader {
  if (GENERATING.has(endpoint) || response.status >= 400) {
    const tier = tierNamed(response.header?.('x-gemini-service-tier'));
    return new ReplyReader(generateReply(tier), response.contentType);
  }
  if (endpoint === 'interactions') return new ReplyReader(interactionReply, response.contentType);
  if (EMBEDDING.has(endpoint)) return new ReplyReader(embedReply, response.contentType);
  if (COMPATIBLE.has(endpoint)) return new CompatibleReader(compatibleReader(endpoint, response));
  return SILENT_READER;
}
