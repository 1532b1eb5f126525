/** What generator and upstream agree on. */

export const MODEL = 'gpt-5.4-mini';

/** The answer every non-streamed call gets: about 700 bytes, as a short chat answer is. */
export const ANSWER = Buffer.from(
  JSON.stringify({
    id: 'chatcmpl-bench',
    object: 'chat.completion',
    created: 1_760_000_000,
    model: MODEL,
    choices: [
      {
        index: 0,
        message: { role: 'assistant', content: 'The level rises a little above the sill. '.repeat(7), refusal: null },
        logprobs: null,
        finish_reason: 'stop',
      },
    ],
    usage: {
      prompt_tokens: 120,
      completion_tokens: 64,
      total_tokens: 184,
      prompt_tokens_details: { cached_tokens: 0, audio_tokens: 0 },
      completion_tokens_details: { reasoning_tokens: 16, audio_tokens: 0 },
    },
    service_tier: 'default',
  }),
);

export const QUESTION = JSON.stringify({
  model: MODEL,
  messages: [{ role: 'user', content: 'How is the level measured? '.repeat(18) }],
});

/** `max_tokens` carries the number of events the upstream shall send. */
export function streamQuestion(events: number): string {
  const messages = [{ role: 'user', content: 'How is the level measured?' }];
  return JSON.stringify({ model: MODEL, stream: true, max_tokens: events, messages });
}

/** Events a second and stream. */
export const EVENTS_PER_SECOND = 10;

/** In each event: when the upstream sent it, in ms of the machine's monotonic clock, which all processes share. */
export const SENT_AT = '"sent_at":';
export const monotonicMs = (): number => Number(process.hrtime.bigint()) / 1e6;

const CHUNK = { id: 'chatcmpl-bench', object: 'chat.completion.chunk', created: 1_760_000_000, model: MODEL };

export function streamEvent(sentAtMs: number): string {
  const choices = [{ index: 0, delta: { content: ' level', sent_at: sentAtMs }, logprobs: null, finish_reason: null }];
  return `data: ${JSON.stringify({ ...CHUNK, choices, usage: null })}\n\n`;
}

const USAGE = { prompt_tokens: 9, completion_tokens: 100, total_tokens: 109 };
const STOP = [{ index: 0, delta: {}, logprobs: null, finish_reason: 'stop' }];

export const STREAM_END = [
  `data: ${JSON.stringify({ ...CHUNK, choices: STOP, usage: null })}\n\n`,
  `data: ${JSON.stringify({ ...CHUNK, choices: [], usage: USAGE })}\n\n`,
  'data: [DONE]\n\n',
].join('');
