import { collected, type SdkClients } from './sdk-clients.js';

export interface SdkCall {
  /** Sent as the conversation, and part of the prompt: no two calls have the same answer. */
  readonly nonce: string;
  readonly kind: string;
  readonly provider: keyof SdkClients;
  /** `midway`: the client leaves a stream; `unanswered`: its own time limit ends before anything came. */
  readonly abandoned: 'no' | 'midway' | 'unanswered';
  /**
   * The SDK's result. `isDirect`: to the upstream itself; what the proxy asks for and takes out again is then asked for
   * and taken out here.
   */
  run(clients: SdkClients, isDirect: boolean): Promise<unknown>;
}

interface Ask {
  readonly nonce: string;
  readonly prompt: string;
  readonly isDirect: boolean;
  readonly options: { readonly headers: Record<string, string> };
}
type Kind = (clients: SdkClients, ask: Ask) => Promise<unknown>;

const GAVE_UP_AFTER_MS = 1_500;
const LEFT_AFTER_EVENTS = 3;
const ASKED = { stream_options: { include_usage: true } } as const;
const SCHEMA = { type: 'object' as const, properties: { city: { type: 'string' }, days: { type: 'integer' } } };
const user = (content: string) => [{ role: 'user' as const, content }];

const chat =
  (provider: 'openai' | 'compatible', model: string, more: object = {}): Kind =>
  (clients, { prompt, options }) =>
    clients[provider].chat.completions.create({ model, messages: user(prompt), ...more }, options);

/** The proxy asks for usage at the head of the body, so the upstream gets these very bytes either way. */
const chatStream =
  (provider: 'openai' | 'compatible', model: string): Kind =>
  async (clients, { prompt, options, isDirect }) => {
    const body = { model, messages: user(prompt), stream: true as const };
    const { completions } = clients[provider].chat;
    const chunks = await collected(await completions.create(isDirect ? { ...ASKED, ...body } : body, options));
    return isDirect ? chunks.filter(({ choices }) => choices.length > 0) : chunks;
  };

const chatStreamWithUsage =
  (provider: 'openai' | 'compatible', model: string): Kind =>
  async (clients, { prompt, options }) =>
    collected(
      await clients[provider].chat.completions.create(
        { model, messages: user(prompt), stream: true, ...ASKED },
        options,
      ),
    );

const message =
  (model: string, more: object = {}): Kind =>
  ({ anthropic }, { prompt, options }) =>
    anthropic.messages.create({ model, max_tokens: 200, messages: user(prompt), ...more }, options);

const messageStream =
  (model: string, more: object = {}): Kind =>
  async ({ anthropic }, { prompt, options }) => {
    const stream = anthropic.messages.stream({ model, max_tokens: 2_000, messages: user(prompt), ...more }, options);
    const events = await collected(stream);
    return { events, message: await stream.finalMessage() };
  };

const cachedSystem = (ttl: '5m' | '1h', words: number) => ({
  system: [{ type: 'text', text: 'measure the river '.repeat(words), cache_control: { type: 'ephemeral', ttl } }],
});
const turns = (prompt: string) => [...user('before'), { role: 'assistant', content: 'yes' }, ...user(prompt)];

const KINDS: Readonly<Record<string, { readonly provider: keyof SdkClients; readonly run: Kind }>> = {
  'chat with reasoning': { provider: 'openai', run: chat('openai', 'gpt-5.4-mini') },
  'chat streamed, usage not asked for': { provider: 'openai', run: chatStream('openai', 'gpt-4.1-mini') },
  'message streamed': { provider: 'anthropic', run: messageStream('claude-sonnet-4-6') },
  'chat streamed with usage': { provider: 'openai', run: chatStreamWithUsage('openai', 'gpt-5.4') },
  'chat elsewhere': { provider: 'compatible', run: chat('compatible', 'gpt-5.4-mini') },
  message: { provider: 'anthropic', run: message('claude-haiku-4-5') },
  'chat with a cached prompt': {
    provider: 'openai',
    run: (clients, ask) => chat('openai', 'gpt-4.1-mini')(clients, { ...ask, prompt: ask.prompt.repeat(150) }),
  },
  'chat that calls a tool': {
    provider: 'openai',
    run: chat('openai', 'gpt-5.4', {
      tools: [{ type: 'function', function: { name: 'weather', parameters: SCHEMA } }],
      tool_choice: 'required',
    }),
  },
  response: {
    provider: 'openai',
    run: ({ openai }, { prompt, options }) =>
      openai.responses.create({ model: 'gpt-5.4-mini', input: prompt }, options),
  },
  'chat elsewhere, streamed': { provider: 'compatible', run: chatStream('compatible', 'a-model-of-ours') },
  'response streamed': {
    provider: 'openai',
    run: async ({ openai }, { prompt, options }) => {
      const stream = openai.responses.stream({ model: 'gpt-4.1-mini', input: prompt }, options);
      const events = await collected(stream);
      return { events, response: await stream.finalResponse() };
    },
  },
  'message that writes the cache for 5 minutes': {
    provider: 'anthropic',
    run: message('claude-sonnet-4-6', cachedSystem('5m', 400)),
  },
  'message that writes the cache for an hour, streamed': {
    provider: 'anthropic',
    run: messageStream('claude-opus-4-6', cachedSystem('1h', 500)),
  },
  'message that reads the cache': {
    provider: 'anthropic',
    run: (clients, ask) =>
      message('claude-haiku-4-5', { ...cachedSystem('5m', 300), messages: turns(ask.prompt) })(clients, ask),
  },
  embeddings: {
    provider: 'openai',
    run: ({ openai }, { prompt, options }) =>
      openai.embeddings.create({ model: 'text-embedding-3-small', input: [prompt, 'and another'] }, options),
  },
  'message that thinks': {
    provider: 'anthropic',
    run: messageStream('claude-sonnet-4-6', { thinking: { type: 'enabled', budget_tokens: 1_024 } }),
  },
  'message that calls a tool, streamed': {
    provider: 'anthropic',
    run: messageStream('claude-haiku-4-5', {
      tools: [{ name: 'weather', input_schema: SCHEMA }],
      tool_choice: { type: 'any' },
    }),
  },
  'tokens counted': {
    provider: 'anthropic',
    run: ({ anthropic }, { prompt, options }) =>
      anthropic.messages.countTokens({ model: 'claude-sonnet-4-6', messages: user(prompt) }, options),
  },
  'models listed': {
    provider: 'openai',
    run: async ({ openai }, { options }) => collected(openai.models.list(options)),
  },
  'chat on a tier without a published price': {
    provider: 'openai',
    run: chat('openai', 'gpt-5.4', { service_tier: 'scale' }),
  },
  'chat on the flex tier': {
    provider: 'openai',
    run: chat('openai', 'gpt-5.4', { service_tier: 'flex' }),
  },
  'embeddings elsewhere': {
    provider: 'compatible',
    run: ({ compatible }, { prompt, options }) =>
      compatible.embeddings.create({ model: 'an-embedder', input: prompt, encoding_format: 'float' }, options),
  },
  'chat elsewhere, streamed with usage': {
    provider: 'compatible',
    run: chatStreamWithUsage('compatible', 'gpt-5.4-mini'),
  },
};

/** Past the context tier of their model, where every token of the call costs more. Big, so there is one of each. */
const LONG_KINDS: typeof KINDS = {
  'chat above 271,999 tokens': {
    provider: 'openai',
    run: (clients, ask) =>
      chatStream('openai', 'gpt-5.4')(clients, { ...ask, prompt: ask.prompt + 'level '.repeat(190_000) }),
  },
  'message above 200,000 tokens': {
    provider: 'anthropic',
    run: message('claude-sonnet-4-5', cachedSystem('1h', 46_000)),
  },
};

const ABANDONED_KINDS: typeof KINDS = {
  'chat stream left': {
    provider: 'openai',
    run: ({ openai }, ask) =>
      left(ask, (options) =>
        openai.chat.completions.create({ model: 'sim-stream-25', messages: user(ask.prompt), stream: true }, options),
      ),
  },
  'message stream left': {
    provider: 'anthropic',
    run: ({ anthropic }, ask) =>
      left(ask, (options) =>
        anthropic.messages.create(
          { model: 'sim-stream-25', max_tokens: 200, messages: user(ask.prompt), stream: true },
          options,
        ),
      ),
  },
  'response stream left': {
    provider: 'openai',
    run: ({ openai }, ask) =>
      left(ask, (options) =>
        openai.responses.create({ model: 'sim-stream-25', input: ask.prompt, stream: true }, options),
      ),
  },
  'chat given up': {
    provider: 'compatible',
    run: (clients, ask) => {
      const options = { ...ask.options, timeout: GAVE_UP_AFTER_MS };
      return chat('compatible', `sim-slow-600000.${ask.nonce}`)(clients, { ...ask, options });
    },
  },
};

/** Reads a few events of a stream and hangs up. */
async function left(
  { options }: Ask,
  open: (options: Ask['options'] & { signal: AbortSignal }) => PromiseLike<AsyncIterable<unknown>>,
): Promise<number> {
  const controller = new AbortController();
  let events = 0;
  for await (const _event of await open({ ...options, signal: controller.signal })) {
    if (++events < LEFT_AFTER_EVENTS) continue;
    controller.abort();
    break;
  }
  return events;
}

/** Every 20th call is abandoned; the others take turns through every kind. */
export function sdkCalls(count: number, run: string): SdkCall[] {
  const long = Object.entries(LONG_KINDS);
  const whole = Object.entries(KINDS);
  const abandoned = Object.entries(ABANDONED_KINDS);
  return Array.from({ length: count }, (_, index): SdkCall => {
    const isAbandoned = index % 20 === 7;
    const turn = Math.floor(index / 20);
    const [kind, { provider, run: call }] = (
      isAbandoned ? abandoned[turn % abandoned.length] : (long[index] ?? whole[(index - turn) % whole.length])
    ) as (typeof whole)[number];
    const nonce = `${run}-${index}`;
    const prompt = `Call ${nonce}: how high is the water? ${'Look again. '.repeat(index % 7)}`;
    return {
      nonce,
      kind,
      provider,
      abandoned: isAbandoned ? (kind === 'chat given up' ? 'unanswered' : 'midway') : 'no',
      run: (clients, isDirect) =>
        call(clients, { nonce, prompt, isDirect, options: { headers: { 'x-weir-conversation': nonce } } }),
    };
  });
}
