import type { Case, CaseCall } from '../../case/index.js';
import { encodeBody } from '../../wire/encode.js';

/** How a call of a case is said to LiteLLM. */
export interface Asked {
  readonly model: string;
  /** Of LiteLLM, with the alias in place of the model. */
  path(alias: string): string;
  /** The client's bytes with the alias in place of the model; null = they are not changed. */
  body(alias: string, sent: Buffer | null): Buffer | null;
}

/** Endpoints that name the model in their body, as the client of any upstream of this kind would ask LiteLLM for them. */
const BY_BODY =
  /^(?:api\/|models\/|openai\/|v1\/)?(chat\/completions|responses|messages|embeddings|images\/generations|images\/edits|audio\/transcriptions)(?:\?.*)?$/;
const GEMINI = /^v1beta\/models\/([^:]+):(generateContent|streamGenerateContent)(\?.*)?$/;
const BEDROCK = /^model\/([^/]+)\/(converse|converse-stream|invoke|invoke-with-response-stream)$/;
const AZURE = /^openai\/deployments\/([^/]+)\/chat\/completions/;

/** null = LiteLLM has no endpoint of the kind that it meters. */
export function askedOf(call: CaseCall, type: string): Asked | null {
  const { path } = call.request;
  const bedrock = BEDROCK.exec(path);
  if (bedrock !== null && type === 'bedrock') {
    const [, model = '', action] = bedrock;
    return {
      model: decodeURIComponent(model),
      path: (alias) => `/bedrock/model/${alias}/${action}`,
      body: (_, sent) => sent,
    };
  }
  const gemini = GEMINI.exec(path);
  if (gemini !== null && type === 'google') {
    const [, model = '', method, query = ''] = gemini;
    return { model, path: (alias) => `/v1beta/models/${alias}:${method}${query}`, body: (_, sent) => sent };
  }
  const azure = AZURE.exec(path);
  if (azure !== null) return byBody(azure[1] as string, '/v1/chat/completions');
  const [, endpoint] = BY_BODY.exec(path) ?? [];
  const model = modelIn(call);
  if (endpoint === undefined || model === null) return null;
  // Of the Messages API for a server of another kind LiteLLM would make a chat.
  if (endpoint === 'messages' && type !== 'anthropic') return null;
  return byBody(model, `/v1/${endpoint}`, call);
}

function byBody(model: string, path: string, call?: CaseCall): Asked {
  const form = call?.request.body && 'form' in call.request.body ? call.request.body.form : null;
  return {
    model,
    path: () => path,
    body(alias, sent) {
      if (form !== null) {
        const renamed = form.map((part) => (part.name === 'model' ? { ...part, value: alias } : part));
        return Buffer.concat([...encodeBody({ form: renamed }).events]);
      }
      const parsed = JSON.parse((sent ?? Buffer.from('{}')).toString('utf8')) as object;
      return Buffer.from(JSON.stringify({ ...parsed, model: alias }));
    },
  };
}

function modelIn({ request: { body } }: CaseCall): string | null {
  if (body === undefined) return null;
  if ('form' in body) return body.form.find(({ name }) => name === 'model')?.value ?? null;
  const json = 'json' in body ? body.json : null;
  const model = typeof json === 'object' && json !== null && 'model' in json ? json.model : null;
  return typeof model === 'string' ? model : null;
}

/** The models that a case asks each provider for. */
export function modelsOf(one: Case): ReadonlyMap<string, Set<string>> {
  const models = new Map<string, Set<string>>();
  for (const call of one.calls) {
    const type = one.providers.find(({ name }) => name === call.provider)?.type ?? '';
    const asked = askedOf(call, type);
    if (asked === null) continue;
    const known = models.get(call.provider) ?? new Set();
    models.set(call.provider, known.add(asked.model));
  }
  return models;
}
