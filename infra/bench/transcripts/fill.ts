import type { SeedServer } from '../../seed/server.js';

/** What the store is filled with: the same options give the same turns. */
export interface Filling {
  readonly projectId: string;
  readonly turns: number;
  readonly days: number;
  readonly untilMs: number;
}

const TURNS_PER_CONVERSATION = 20;
const STEP_TURNS = 250_000;
/** Each turn brings a question and an answer, both of so many words. */
export const WORDS_PER_MESSAGE = 40;
/** The first is about every sixteenth word, the hundredth every thousandth, as words of a language are. */
export const VOCABULARY = 50_000;
/** One in so many conversations ends in a failure. */
const FAILS_EVERY = 1_000;

const DAY_MS = 86_400_000;

const hexId = (text: string) => `lower(hex(MD5(${text})))`;
const uuidOf = (text: string) => `toUUID(UUIDNumToString(MD5(${text})))`;
const CONVERSATION = uuidOf(`concat('conversation-', toString(intDiv(n, ${TURNS_PER_CONVERSATION})))`);
const messageId = (side: string) => hexId(`concat('${side}-', toString(n))`);

/** Places of words in the vocabulary are spread evenly over their logarithm. */
const wordsOf = (side: string) => `arrayStringConcat(arrayMap(k -> concat('w', toString(toUInt32(
  exp(cityHash64(n, k, '${side}') / 18446744073709551616. * log(${VOCABULARY}))))), range(${WORDS_PER_MESSAGE})), ' ')`;

/** Fills the tables of recorded calls as the worker would, a step at a time. */
export async function fillTranscripts(
  server: SeedServer,
  filling: Filling,
  onProgress: (turns: number) => void,
): Promise<void> {
  for (let from = 0; from < filling.turns; from += STEP_TURNS) {
    const count = Math.min(STEP_TURNS, filling.turns - from);
    const params = { from, count, projectId: filling.projectId };
    const of = 'FROM (SELECT number + {from:UInt64} AS n FROM numbers({count:UInt64}))';
    for (const side of ['question', 'answer']) {
      const columns = [
        'project_id',
        'conversation_id',
        'id',
        'kind',
        'role',
        'content',
        'words',
        'app_id',
        'expires_at',
      ];
      await server.insertSelect(
        { table: 'transcript_messages_v1', columns, token: `bench-${side}-${from}` },
        `SELECT {projectId:UUID}, ${CONVERSATION}, ${messageId(side)}, 'message', '${side === 'question' ? 'user' : 'assistant'}',
           concat('{"role":"user","parts":[{"type":"text","content":"', ${wordsOf(side)}, '"}]}'),
           arrayStringConcat(arrayDistinct(splitByChar(' ', ${wordsOf(side)})), ' '),
           ${uuidOf("'app'")}, today() + 60 ${of}`,
        params,
      );
    }
    await server.insertSelect(
      { table: 'transcript_turns_v1', columns: Object.keys(turnColumns(filling)), token: `bench-turns-${from}` },
      `SELECT ${Object.values(turnColumns(filling)).join(', ')} ${of}`,
      params,
    );
    onProgress(from + count);
  }
}

function turnColumns({ turns, days, untilMs }: Filling): Record<string, string> {
  const isLast = `(n % ${TURNS_PER_CONVERSATION} = ${TURNS_PER_CONVERSATION - 1})`;
  const fails = `(${isLast} AND intDiv(n, ${TURNS_PER_CONVERSATION}) % ${FAILS_EVERY} = 7)`;
  // Conversations follow each other; the turns of one are a minute apart.
  const ageMs = Math.floor((days * DAY_MS) / turns);
  const startedAt = `fromUnixTimestamp64Milli(toInt64(${untilMs} - (${turns} - n) * ${ageMs}), 'UTC')`;
  const place = (choices: readonly string[], by: string) =>
    `arrayElement([${choices.map((one) => `'${one}'`).join(', ')}], toUInt8(cityHash64(${by}, n) % ${choices.length}) + 1)`;
  return {
    project_id: '{projectId:UUID}',
    conversation_id: CONVERSATION,
    started_at: startedAt,
    event_id: uuidOf("concat('event-', toString(n))"),
    call_id: uuidOf("concat('call-', toString(n))"),
    attempt: '1',
    environment: "'production'",
    provider: place(['openai-main', 'anthropic-main', 'google-main'], '1'),
    provider_id: uuidOf("'provider'"),
    provider_type: "'openai'",
    endpoint: "'chat.completions'",
    path: "'/v1/chat/completions'",
    requested_model: place(['gpt-5', 'claude-opus', 'gemini-pro', 'gpt-5-mini'], '2'),
    streamed: 'true',
    app_id: uuidOf("'app'"),
    app: "'checkout'",
    user: "concat('person-', toString(n % 5000), '@example.com')",
    relation: `if(n % ${TURNS_PER_CONVERSATION} = 0, 'starts', 'continues')`,
    outcome: `if(${fails}, 'upstream_error', 'completed')`,
    error_code: `if(${fails}, 'rate_limit_exceeded', NULL)`,
    status: `if(${fails}, 429, 200)`,
    is_failed: fails,
    awaits_tool: 'false',
    first_token_ms: '150 + n % 900',
    duration_ms: '900 + n % 20000',
    title: `concat('Task ', toString(intDiv(n, ${TURNS_PER_CONVERSATION})))`,
    input_ids: `[${messageId('question')}]`,
    input_known: '0',
    output_ids: `[${messageId('answer')}]`,
    text_ids: '[]',
    finish_reasons: "['stop']",
    native_finish_reasons: "['stop']",
    request_state: "'whole'",
    response_state: "'whole'",
    request_content_type: "'application/json'",
    response_content_type: "'application/json'",
    expires_at: 'today() + 60',
    batch_id: "'bench'",
  };
}
