import type { ResponseHead, UsageReader } from '../provider-type.js';
import { ReplyReader } from '../reply/reply-reader.js';
import { SILENT_READER } from '../reply/silent-reader.js';
import { chatReplyAs } from './chat-reply.js';
import { responsesReplyAs } from './responses-reply.js';
import { OPENAI_USAGE, type UsageConvention } from './usage-convention.js';

const METERED = new Set(['chat.completions', 'completions', 'embeddings']);
const DIGITS = /^\d{1,15}$/;

type MakeReader = (endpoint: string, response: ResponseHead) => UsageReader;

/** Makes the reader of an upstream that speaks OpenAI's dialect. */
export function readerAs(convention: UsageConvention): MakeReader {
  const chat = chatReplyAs({ convention });
  const responses = responsesReplyAs({ convention });
  return (endpoint, response) => {
    if (endpoint === 'responses') return new ReplyReader(responses, response.contentType);
    // An error has the same shape everywhere, so its code is read even where no usage is.
    if (!METERED.has(endpoint) && response.status < 400) return SILENT_READER;
    const cachedFromHead = cachedIn(convention, response);
    const rules = cachedFromHead === undefined ? chat : chatReplyAs({ convention, cachedFromHead });
    return new ReplyReader(rules, response.contentType);
  };
}

export const openaiReader = readerAs(OPENAI_USAGE);

function cachedIn({ cachedHeader }: UsageConvention, response: ResponseHead): number | undefined {
  const text = cachedHeader === undefined ? null : (response.header?.(cachedHeader) ?? null);
  return text !== null && DIGITS.test(text) ? Number(text) : undefined;
}
