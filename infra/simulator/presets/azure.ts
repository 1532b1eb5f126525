import type { Answer, Call, Dialect, StreamEvent } from '../answer.js';
import { anthropicDialect } from '../anthropic/index.js';
import { openaiDialect } from '../openai/index.js';

const DEPLOYMENTS: Readonly<Record<string, string>> = {
  'prod-chat': 'gpt-4.1-mini-2025-04-14',
  'prod-embed': 'text-embedding-3-small',
  'Mistral-Large-2411': 'mistral-large-2411',
};
const DEPLOYMENT_FORM = /^\/openai\/deployments\/([^/]+)\/(chat\/completions|embeddings)$/;
const V1_FORM = /^\/openai\/v1\/(chat\/completions|embeddings|responses|models)$/;
const FIRST_WITH_STREAM_OPTIONS = '2024-09-01';
const FILTERED = { hate: { filtered: false, severity: 'safe' } };

const error = (status: number, message: string, code: string = String(status)): string =>
  JSON.stringify({ error: { code, message } });

/** https://learn.microsoft.com/azure/ai-foundry/openai/reference */
export const azureDialect: Dialect = {
  requestIdHeader: 'apim-request-id',
  error: (status, message) => error(status, message),
  answer(call) {
    const version = call.query?.get('api-version') ?? '';
    const [, named, operation] = DEPLOYMENT_FORM.exec(call.path) ?? [];
    if (named !== undefined) {
      if (version === '') return refused(404, 'Resource not found');
      const isRefused = version < FIRST_WITH_STREAM_OPTIONS && call.body.stream_options !== undefined;
      return isRefused
        ? refused(400, 'Unrecognized request argument supplied: stream_options')
        : deployed(call, named, operation);
    }
    const v1 = V1_FORM.exec(call.path)?.[1];
    if (v1 === 'models') return openaiDialect.answer({ ...call, path: '/v1/models' });
    return v1 === undefined ? null : deployed(call, String(call.body.model), v1);
  },
};

/** A resource of Foundry: the same, and two dialects more. */
export const foundryDialect: Dialect = {
  ...azureDialect,
  answer(call) {
    if (call.path === '/anthropic/v1/messages') return anthropicDialect.answer({ ...call, path: '/v1/messages' });
    if (call.path !== '/models/chat/completions') return azureDialect.answer(call);
    if ((call.query?.get('api-version') ?? '') === '')
      return refused(400, 'Missing required query parameter: api-version');
    if (call.body.stream_options !== undefined) return refused(422, 'Extra inputs are not permitted');
    // Model inference states usage unasked.
    const body = { ...call.body, ...(call.body.stream === true && { stream_options: { include_usage: true } }) };
    return deployed({ ...call, body }, String(call.body.model), 'chat/completions');
  },
};

function refused(status: number, message: string, code?: string): Answer {
  return { kind: 'json', status, body: error(status, message, code), billed: null };
}

function deployed(call: Call, deployment: string, operation = ''): Answer | null {
  const model = DEPLOYMENTS[deployment] ?? (deployment.startsWith('sim-') ? deployment : undefined);
  if (model === undefined) {
    return refused(404, 'The API deployment for this resource does not exist.', 'DeploymentNotFound');
  }
  const answer = openaiDialect.answer({ ...call, path: `/v1/${operation}`, body: { ...call.body, model } });
  if (answer === null || operation !== 'chat/completions') return answer;
  return answer.kind === 'json' ? answer : { ...answer, events: [filterChunk(), ...answer.events] };
}

/** What content filtering found of the prompt comes first, with no choice in it. */
function filterChunk(): StreamEvent {
  const results = [{ prompt_index: 0, content_filter_results: FILTERED }];
  const chunk = { choices: [], created: 0, id: '', model: '', object: '', prompt_filter_results: results };
  return { text: `data: ${JSON.stringify(chunk)}\n\n`, outputTokens: 0, statesUsage: false, isTerminal: false };
}
