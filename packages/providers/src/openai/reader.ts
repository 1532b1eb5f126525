import type { ResponseHead, UsageReader } from '../provider-type.js';
import { BatchResultsReader } from '../reply/batch-results-reader.js';
import { ReplyReader } from '../reply/reply-reader.js';
import type { ReplyRules, ReplyState } from '../reply/reply-rules.js';
import { SILENT_READER } from '../reply/silent-reader.js';
import { audioReplyAs } from './audio-reply.js';
import { batchResult } from './batch-result.js';
import { chatReplyAs } from './chat-reply.js';
import { imagesReplyAs } from './images-reply.js';
import { rerankUsage } from './rerank-usage.js';
import { responsesReplyAs } from './responses-reply.js';
import { OPENAI_USAGE, type UsageConvention } from './usage-convention.js';

const DIGITS = /^\d{1,15}$/;
/** Sound and subtitles, where usage is never stated; a transcript may look like anything. */
const MEDIA = /^(?:audio|video|image|text\/(?!event-stream)|application\/(?:octet-stream|x-subrip))/i;

type ReadAnswer = (response: ResponseHead) => UsageReader;

/** Makes the reader of an upstream that speaks OpenAI's dialect. */
export function readerAs(convention: UsageConvention): (endpoint: string, response: ResponseHead) => UsageReader {
  const answers = answersAs(convention);
  const chat = chatAs(convention);
  return (endpoint, response) => {
    // An error has the same shape everywhere, so its code is read even where no usage is.
    if (response.status >= 400) return chat(response);
    return Object.hasOwn(answers, endpoint) ? (answers[endpoint] as ReadAnswer)(response) : SILENT_READER;
  };
}

export const openaiReader = readerAs(OPENAI_USAGE);

function answersAs(convention: UsageConvention): Readonly<Record<string, ReadAnswer>> {
  const chat = chatAs(convention);
  const images = as(imagesReplyAs({ convention }));
  const transcript = unlessMedia(as(audioReplyAs({ convention }, false)));
  return {
    'chat.completions': chat,
    completions: chat,
    moderations: chat,
    embeddings: chatAs({ ...convention, writes: 'nothing' }),
    rerank: chatAs(rerankUsage(convention)),
    responses: as(responsesReplyAs({ convention })),
    'images.generations': images,
    'images.edits': images,
    'images.variations': images,
    'audio.transcriptions': transcript,
    'audio.translations': transcript,
    'audio.speech': unlessMedia(as(audioReplyAs({ convention }, true))),
    'files.content': () => new BatchResultsReader(batchResult),
  };
}

function as<S extends ReplyState>(rules: ReplyRules<S>): ReadAnswer {
  return ({ contentType }) => new ReplyReader(rules, contentType);
}

function unlessMedia(read: ReadAnswer): ReadAnswer {
  return (response) => (MEDIA.test(response.contentType) ? SILENT_READER : read(response));
}

function chatAs(convention: UsageConvention): ReadAnswer {
  const rules = as(chatReplyAs({ convention }));
  return (response) => {
    const cachedFromHead = cachedIn(convention, response);
    return cachedFromHead === undefined ? rules(response) : as(chatReplyAs({ convention, cachedFromHead }))(response);
  };
}

function cachedIn({ cachedHeader }: UsageConvention, response: ResponseHead): number | undefined {
  const text = cachedHeader === undefined ? null : (response.header?.(cachedHeader) ?? null);
  return text !== null && DIGITS.test(text) ? Number(text) : undefined;
}
