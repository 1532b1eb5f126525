import { anthropic } from '../anthropic/index.js';
import { usageReader as googleUsageReader } from '../google/reader.js';
import { openai } from '../openai/index.js';
import type { ResponseHead, UsageReader } from '../provider-type.js';

/** Each publisher's answers by the reader of its own dialect; errors are mostly Google's. */
export function usageReader(endpoint: string, response: ResponseHead): UsageReader {
  if (response.status < 400) {
    if (endpoint.startsWith('messages')) return anthropic.usageReader(endpoint, response);
    if (endpoint === 'raw_predict') return openai.usageReader('chat.completions', response);
  }
  return googleUsageReader(endpoint, response);
}
