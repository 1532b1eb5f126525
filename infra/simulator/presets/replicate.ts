import type { Answer, Call, Dialect } from '../answer.js';
import { type BilledUsage, generate } from '../generation.js';

const MODELS = ['meta/meta-llama-3-70b-instruct', 'black-forest-labs/flux-schnell'];
const CREATE = /^\/v1\/models\/([^/]+\/[^/]+)\/predictions$/;
const ONE = /^\/v1\/models\/([^/]+)\/([^/]+)$/;

const TITLES: Readonly<Record<number, string>> = { 401: 'Unauthenticated', 404: 'Not found' };

/** https://replicate.com/docs/reference/http. A prediction is made at once, as to callers that wait for it. */
export const replicateDialect: Dialect = {
  requestIdHeader: 'x-request-id',
  error: (status, detail) => JSON.stringify({ title: TITLES[status] ?? 'Error', detail, status }),
  answer(call) {
    const model = CREATE.exec(call.path)?.[1];
    if (call.method === 'POST' && model !== undefined) return prediction(call, model);
    if (call.method !== 'GET') return null;
    if (call.path === '/v1/models') return json(200, { next: null, previous: null, results: MODELS.map(cardOf) }, null);
    const one = ONE.exec(call.path);
    return one === null ? null : json(200, cardOf(`${one[1]}/${one[2]}`), null);
  },
};

function cardOf(id: string): object {
  const [owner, name] = id.split('/');
  return { owner, name, url: `https://replicate.com/${id}`, visibility: 'public', run_count: 1 };
}

function prediction(call: Call, model: string): Answer {
  const { body, raw, behaviour } = call;
  const promptBytes = JSON.stringify(body.input ?? {}).length;
  const cached = { read: 0, write5m: 0, write1h: 0 };
  const { words, usage, id } = generate(
    { body: raw, promptBytes, cached, maxOutputTokens: null, isReasoning: false, tool: null },
    behaviour,
  );
  const metrics = { input_token_count: usage.input, output_token_count: usage.output, predict_time: 0.84172 };
  const made = { id, model, version: 'hidden', input: body.input, output: words, error: null, status: 'succeeded' };
  return json(201, { ...made, metrics }, usage);
}

function json(status: number, body: object, billed: BilledUsage | null): Answer {
  return { kind: 'json', status, body: JSON.stringify(body), billed };
}
