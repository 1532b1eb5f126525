import { FunctionCallingConfigMode, type GoogleGenAI, Type } from '@google/genai';
import type OpenAI from 'openai';
import { collected } from './sdk-clients.js';

/** The official clients, by how an application points them at a provider. */
export interface GoogleClients {
  readonly gemini: GoogleGenAI;
  /** The Gemini client on Vertex AI, with project and location, and without (by key). */
  readonly vertex: GoogleGenAI;
  readonly express: GoogleGenAI;
  /** OpenAI's client on the base URL, on `/v1` and on `/v1beta/openai`. */
  readonly openai: Readonly<Record<'bare' | 'v1' | 'google', OpenAI>>;
  readonly openaiOnVertex: OpenAI;
}

export interface GoogleCall {
  readonly kind: string;
  /** Sent as the conversation. */
  readonly nonce: string;
  readonly provider: 'gemini' | 'vertex';
  run(clients: GoogleClients, isDirect: boolean): Promise<unknown>;
}

type Run = (clients: GoogleClients, ask: Ask) => Promise<unknown>;
interface Ask {
  readonly prompt: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly isDirect: boolean;
}

const WEATHER = {
  name: 'weather',
  description: 'The weather of a city.',
  parameters: { type: Type.OBJECT, properties: { city: { type: Type.STRING }, days: { type: Type.INTEGER } } },
};
const INSISTING = {
  tools: [{ functionDeclarations: [WEATHER] }],
  toolConfig: { functionCallingConfig: { mode: FunctionCallingConfigMode.ANY } },
};
const IMAGE = { inlineData: { mimeType: 'image/png', data: Buffer.alloc(40_000, 'river').toString('base64') } };
/** More than 200,000 tokens: past the context tier of Gemini's Pro models. */
const LONG = 'level '.repeat(140_000);

/** The answer without its head, which no two connections share. */
function plain<T extends { sdkHttpResponse?: unknown }>({ sdkHttpResponse: _head, ...answer }: T) {
  return answer;
}

const generated =
  (on: 'gemini' | 'vertex' | 'express', model: string, config: object = {}, more: object[] = []): Run =>
  async (clients, { prompt, headers }) => {
    const contents = [{ text: prompt }, ...more];
    return plain(
      await clients[on].models.generateContent({ model, contents, config: { ...config, httpOptions: { headers } } }),
    );
  };

const streamed =
  (on: 'gemini' | 'vertex' | 'express', model: string, config: object = {}): Run =>
  async (clients, { prompt, headers }) => {
    const ask = { model, contents: prompt, config: { ...config, httpOptions: { headers } } };
    return (await collected(await clients[on].models.generateContentStream(ask))).map(plain);
  };

const embedded =
  (on: 'gemini' | 'vertex', model: string): Run =>
  async (clients, { prompt, headers }) =>
    plain(
      await clients[on].models.embedContent({
        model,
        contents: [prompt, 'and another'],
        config: { httpOptions: { headers } },
      }),
    );

const chat =
  (on: keyof GoogleClients['openai'] | 'vertex', model: string): Run =>
  (clients, { prompt, headers }) => {
    const client = on === 'vertex' ? clients.openaiOnVertex : clients.openai[on];
    return client.chat.completions.create({ model, messages: [{ role: 'user', content: prompt }] }, { headers });
  };

const chatStreamed =
  (on: keyof GoogleClients['openai'], model: string): Run =>
  async (clients, { prompt, headers, isDirect }) => {
    const asked = isDirect ? { stream_options: { include_usage: true } } : {};
    const body = { ...asked, model, messages: [{ role: 'user' as const, content: prompt }], stream: true as const };
    const chunks = await collected(await clients.openai[on].chat.completions.create(body, { headers }));
    return isDirect ? chunks.filter(({ choices }) => choices.length > 0) : chunks;
  };

/** A turn in which the model calls a function, and one in which it reads the result. */
const conversed: Run = async ({ gemini }, { prompt, headers }) => {
  const config = { ...INSISTING, httpOptions: { headers } };
  const session = gemini.chats.create({ model: 'gemini-3-flash-preview', config });
  const called = await session.sendMessage({ message: prompt });
  const name = called.functionCalls?.[0]?.name ?? '';
  const result = await session.sendMessage({ message: [{ functionResponse: { name, response: { sky: 'grey' } } }] });
  return [called, result].map(plain);
};

const KINDS: Readonly<Record<string, { readonly provider: GoogleCall['provider']; readonly run: Run }>> = {
  generated: { provider: 'gemini', run: generated('gemini', 'gemini-2.5-flash') },
  'generated with thoughts shown': {
    provider: 'gemini',
    run: generated('gemini', 'gemini-2.5-pro', { thinkingConfig: { includeThoughts: true } }),
  },
  'generated without thinking': {
    provider: 'gemini',
    run: generated('gemini', 'gemini-2.5-flash', { thinkingConfig: { thinkingBudget: 0 } }),
  },
  'cut short': { provider: 'gemini', run: generated('gemini', 'gemini-2.5-flash', { maxOutputTokens: 60 }) },
  streamed: { provider: 'gemini', run: streamed('gemini', 'gemini-2.5-flash') },
  'streamed with thoughts shown': {
    provider: 'gemini',
    run: streamed('gemini', 'gemini-3-flash-preview', { thinkingConfig: { includeThoughts: true } }),
  },
  'a function called and answered': { provider: 'gemini', run: conversed },
  'a function called, streamed': { provider: 'gemini', run: streamed('gemini', 'gemini-2.5-pro', INSISTING) },
  'an image': { provider: 'gemini', run: generated('gemini', 'gemini-2.5-flash', {}, [IMAGE]) },
  'searched the web': {
    provider: 'gemini',
    run: generated('gemini', 'gemini-3-flash-preview', { tools: [{ googleSearch: {} }] }),
  },
  'searched the web, streamed': {
    provider: 'gemini',
    run: streamed('gemini', 'gemini-2.5-flash', { tools: [{ googleSearch: {} }] }),
  },
  'above 200,000 tokens': {
    provider: 'gemini',
    run: (clients, ask) => generated('gemini', 'gemini-2.5-pro')(clients, { ...ask, prompt: ask.prompt + LONG }),
  },
  'above 200,000 tokens, streamed': {
    provider: 'gemini',
    run: (clients, ask) => streamed('gemini', 'gemini-2.5-pro')(clients, { ...ask, prompt: ask.prompt + LONG }),
  },
  'tokens counted': {
    provider: 'gemini',
    run: async ({ gemini }, { prompt, headers }) =>
      plain(
        await gemini.models.countTokens({
          model: 'gemini-2.5-flash',
          contents: prompt,
          config: { httpOptions: { headers } },
        }),
      ),
  },
  'an interaction': {
    provider: 'gemini',
    run: async ({ gemini }, { prompt, headers }) =>
      plain(await gemini.interactions.create({ model: 'gemini-2.5-flash', input: prompt }, { headers })),
  },
  'an interaction, streamed': {
    provider: 'gemini',
    run: async ({ gemini }, { prompt, headers }) => {
      const ask = { model: 'gemini-3-flash-preview', input: prompt, stream: true as const };
      return collected(await gemini.interactions.create(ask, { headers }));
    },
  },
  embedded: { provider: 'gemini', run: embedded('gemini', 'gemini-embedding-2') },
  'embedded without usage': { provider: 'gemini', run: embedded('gemini', 'gemini-embedding-001') },
  'models listed': {
    provider: 'gemini',
    run: async ({ gemini }, { headers }) =>
      collected(await gemini.models.list({ config: { httpOptions: { headers } } })),
  },
  'chat on the base URL': { provider: 'gemini', run: chat('bare', 'gemini-2.5-flash') },
  'chat on v1': { provider: 'gemini', run: chat('v1', 'gemini-2.5-flash') },
  'chat on v1beta/openai': { provider: 'gemini', run: chat('google', 'gemini-2.5-flash') },
  'chat on v1beta/openai, streamed': { provider: 'gemini', run: chatStreamed('google', 'gemini-2.5-flash') },
  'embeddings on v1beta/openai': {
    provider: 'gemini',
    run: ({ openai }, { prompt, headers }) =>
      openai.google.embeddings.create({ model: 'gemini-embedding-001', input: prompt }, { headers }),
  },
  'Vertex AI': { provider: 'vertex', run: generated('vertex', 'gemini-2.5-pro') },
  'Vertex AI, streamed': { provider: 'vertex', run: streamed('vertex', 'gemini-2.5-flash') },
  'Vertex AI by a short path': { provider: 'vertex', run: generated('express', 'gemini-2.5-flash') },
  'Vertex AI by a short path, streamed': { provider: 'vertex', run: streamed('express', 'gemini-2.5-flash') },
  'Vertex AI, embedded by predict': { provider: 'vertex', run: embedded('vertex', 'text-embedding-005') },
  'Vertex AI in OpenAI’s dialect': { provider: 'vertex', run: chat('vertex', 'google/gemini-2.5-flash') },
};

export function googleCalls(run: string): GoogleCall[] {
  return Object.entries(KINDS).map(([kind, { provider, run: call }], index) => {
    const nonce = `${run}-${index}`;
    return {
      kind,
      nonce,
      provider,
      run: (clients, isDirect) =>
        call(clients, { prompt: `Call ${nonce}: how high?`, headers: { 'x-weir-conversation': nonce }, isDirect }),
    };
  });
}
