import { setTimeout as delay } from 'node:timers/promises';
import { request } from 'undici';
import { Random } from './random.js';
import { type DrawnCall, drawCall, type Scene } from './scene.js';

const PAUSE_MS = { min: 400, max: 2_200 };

/** Models by which the simulator misbehaves, so that failures are on screen too; null = the model of the call. */
const MOODS: readonly (readonly [model: string | null, weight: number])[] = [
  [null, 90],
  ['sim-429', 3],
  ['sim-500', 2],
  ['sim-cut-mid-stream', 2],
  ['sim-slow-1500', 3],
];
const ABORTED = 0.05;

const QUESTIONS = [
  'Where is my order?',
  'Summarise the last three tickets of this customer in two sentences.',
  'Review this change for mistakes and name the line of each.',
  'Translate the following announcement into Portuguese and keep the tone friendly.',
];

const CONTEXT = 'The customer wrote to us twice about this and was promised an answer by the end of the week. ';
const CHARACTERS_PER_TOKEN = 4;

/** A question with as much context before it as calls of this kind bring. */
function prompt(random: Random, { kind }: DrawnCall): string {
  const characters = random.around(kind.inputTokens) * CHARACTERS_PER_TOKEN;
  const question = random.pick(QUESTIONS.map((text) => [text, 1] as const));
  return CONTEXT.repeat(Math.ceil(characters / CONTEXT.length)) + question;
}

function target({ kind, provider }: DrawnCall, proxyUrl: string): string {
  const path = { 'chat.completions': 'chat/completions', embeddings: 'embeddings', messages: 'messages' }[
    kind.endpoint
  ];
  return `${proxyUrl}/llm/v1/providers/${provider.name}/v1/${path}`;
}

function payload({ kind }: DrawnCall, model: string, question: string): object {
  if (kind.endpoint === 'embeddings') return { model, input: question };
  const messages = [{ role: 'user', content: question }];
  const limit = kind.endpoint === 'messages' ? { max_tokens: 1_024 } : {};
  return { model, messages, stream: kind.streamed, ...limit };
}

/** One call as an app would make it. What becomes of it is for the console to show, so failures are not reported here. */
async function call(random: Random, scene: Scene, proxyUrl: string, signal: AbortSignal): Promise<void> {
  const drawn = drawCall(random);
  const { app, kind, provider, user } = drawn;
  const model = kind.endpoint === 'embeddings' ? kind.model : (random.pick(MOODS) ?? kind.model);
  const token = scene.apps[app.name]?.token as string;
  const abort = new AbortController();
  const isAborted = random.isTrue(ABORTED);
  try {
    const { body } = await request(target(drawn, proxyUrl), {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        ...(provider.type === 'anthropic'
          ? { 'x-api-key': token, 'anthropic-version': '2023-06-01' }
          : { authorization: `Bearer ${token}` }),
        'x-weir-user': user,
        'x-weir-tags': Object.entries(app.tags)
          .map((pair) => pair.join('='))
          .join(','),
      },
      body: JSON.stringify(payload(drawn, model, prompt(random, drawn))),
      signal: AbortSignal.any([signal, abort.signal]),
    });
    for await (const _ of body) if (isAborted) abort.abort();
  } catch {
    // A refused, cut or aborted call is part of what the demo shows.
  }
}

/** A trickle of calls until the signal. */
export async function traffic(scene: Scene, proxyUrl: string, signal: AbortSignal): Promise<void> {
  const random = new Random(Date.now());
  while (!signal.aborted) {
    // Not waited for: a slow answer must not hold the next caller up.
    void call(random, scene, proxyUrl, signal);
    await delay(random.whole(PAUSE_MS.min, PAUSE_MS.max), undefined, { signal }).catch(() => undefined);
  }
}
