import type { CodeSample } from '../guide.js';
import { shell } from '../literal.js';
import type { Subject } from '../target.js';

const PROMPT = 'Say hello';

/** One call that needs nothing but curl. */
export function curl(subject: Subject): CodeSample {
  const { url, body } = requestOf(subject);
  const headers = [...credentialHeaders(subject), "'Content-Type: application/json'"];
  const code = [
    `curl ${shell(url)} \\`,
    ...headers.map((header) => `  -H ${header} \\`),
    `  -d ${shell(JSON.stringify(body))}`,
  ].join('\n');
  return { install: null, file: null, language: 'sh', code, run: null };
}

/** Where the upstream lists its models, in its own words. null: this API has no list that a gateway token can ask for. */
export function modelListUrl({ dialect, sdkBaseUrl }: Subject): string | null {
  switch (dialect) {
    case 'openai':
      return `${sdkBaseUrl}/models`;
    case 'anthropic':
    case 'replicate':
      return `${sdkBaseUrl}/v1/models`;
    case 'google':
      return `${sdkBaseUrl}/v1beta/models`;
    default:
      return null;
  }
}

function requestOf({ dialect, sdkBaseUrl, model, project, location, apiVersion }: Subject) {
  const messages = [{ role: 'user', content: PROMPT }];
  const contents = [{ role: 'user', parts: [{ text: PROMPT }] }];
  const name = encodeURIComponent(model);
  switch (dialect) {
    case 'openai':
      return { url: `${sdkBaseUrl}/chat/completions`, body: { model, messages } };
    case 'azure_deployment':
      return {
        url: `${sdkBaseUrl}/openai/deployments/${name}/chat/completions?api-version=${apiVersion}`,
        body: { messages },
      };
    case 'anthropic':
      return { url: `${sdkBaseUrl}/v1/messages`, body: { model, max_tokens: 256, messages } };
    case 'google':
      return { url: `${sdkBaseUrl}/v1beta/models/${name}:generateContent`, body: { contents } };
    case 'vertex': {
      const parent = `projects/${project}/locations/${location}/publishers/google`;
      return { url: `${sdkBaseUrl}/v1/${parent}/models/${name}:generateContent`, body: { contents } };
    }
    case 'replicate':
      return { url: `${sdkBaseUrl}/v1/models/${pathOf(model)}/predictions`, body: { input: { prompt: PROMPT } } };
    case 'bedrock':
      return {
        url: `${sdkBaseUrl}/model/${name}/converse`,
        body: { messages: [{ role: 'user', content: [{ text: PROMPT }] }] },
      };
  }
}

/** An `owner/name` is two segments. */
function pathOf(model: string): string {
  return model.split('/').map(encodeURIComponent).join('/');
}

/** Header arguments in double quotes, so that the shell puts the variables in. */
function credentialHeaders({ dialect, passthrough, keyVariable }: Subject): string[] {
  const beside = passthrough ? ['"x-weir-authorization: Bearer $WEIR_TOKEN"'] : [];
  switch (dialect) {
    case 'anthropic':
      return [...beside, `"x-api-key: $${keyVariable}"`, "'anthropic-version: 2023-06-01'"];
    case 'google':
      return [...beside, `"x-goog-api-key: $${keyVariable}"`];
    case 'azure_deployment':
      return [...beside, `"api-key: $${keyVariable}"`];
    case 'vertex':
      return passthrough
        ? [...beside, '"Authorization: Bearer $(gcloud auth print-access-token)"']
        : [`"Authorization: Bearer $${keyVariable}"`];
    case 'replicate':
      return [...beside, `"Authorization: Bearer $${keyVariable}"`, "'Prefer: wait'"];
    default:
      return [...beside, `"Authorization: Bearer $${keyVariable}"`];
  }
}
