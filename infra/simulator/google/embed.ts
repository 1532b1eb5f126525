import type { Answer, Call } from '../answer.js';
import { type BilledUsage, tokensIn } from '../generation.js';
import { promptOf } from './ask.js';

const DIMENSIONS = 8;
const VALUES = Array.from({ length: DIMENSIONS }, (_, index) => (index + 1) / DIMENSIONS);

const billedFor = (input: number): BilledUsage => ({
  ...{ input, cachedInput: 0, cacheWrite5m: 0, cacheWrite1h: 0, output: 0, reasoning: 0 },
});

/** The first generation of Google's embedding models bills its input without saying how much it was. */
const SILENT_MODEL = /embedding-00\d$/;

export function embedContent(call: Call, model: string): Answer {
  return embedded(call, model, { embedding: { values: VALUES } });
}

export function batchEmbedContents(call: Call, model: string): Answer {
  const requests = Array.isArray(call.body.requests) ? call.body.requests : [];
  return embedded(call, model, { embeddings: requests.map(() => ({ values: VALUES })) });
}

function embedded(call: Call, model: string, result: object): Answer {
  const tokens = promptOf(call.body).textTokens;
  const isStated = call.behaviour.hasUsage && !SILENT_MODEL.test(model);
  const usage = isStated ? { usageMetadata: { promptTokenCount: tokens, totalTokenCount: tokens } } : {};
  const body = JSON.stringify({ ...result, ...usage }, null, 2);
  return { kind: 'json', status: 200, body, billed: billedFor(tokens), statesUsage: isStated };
}

/** Vertex AI's older form, which states the tokens of each text apart. */
export function predict(call: Call): Answer {
  const instances = (Array.isArray(call.body.instances) ? call.body.instances : []) as { content?: string }[];
  const counts = instances.map(({ content = '' }) => tokensIn(content.length));
  const predictions = counts.map((token_count) => ({
    embeddings: { statistics: { truncated: false, token_count }, values: VALUES },
  }));
  const billableCharacterCount = instances.reduce((sum, { content = '' }) => sum + content.length, 0);
  const body = JSON.stringify({ predictions, metadata: { billableCharacterCount } }, null, 2);
  return { kind: 'json', status: 200, body, billed: billedFor(counts.reduce((sum, count) => sum + count, 0)) };
}
