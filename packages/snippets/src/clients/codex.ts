import { fileStep, type Guide, shellStep } from '../guide.js';
import { code, quoted } from '../literal.js';
import type { Subject } from '../target.js';

/** Upstreams known to serve `/v1/responses`, the one API Codex speaks. */
const WITH_RESPONSES = new Set([
  'openai',
  'azure_openai',
  'openai_compatible',
  'xai',
  'groq',
  'hugging_face',
  'ollama',
]);

/** https://developers.openai.com/codex/config-advanced */
export function codex(subject: Subject): Guide | null {
  const { type, dialect, sdkBaseUrl, model, passthrough, keyVariable } = subject;
  if (dialect !== 'openai' || !WITH_RESPONSES.has(type)) return null;
  return {
    id: 'codex',
    label: 'Codex',
    install: 'npm install -g @openai/codex',
    steps: [
      fileStep(
        '~/.codex/config.toml',
        'toml',
        code(
          `model = ${quoted(model)}`,
          'model_provider = "weir"',
          '',
          '[model_providers.weir]',
          'name = "Weir"',
          `base_url = ${quoted(sdkBaseUrl)}`,
          `env_key = ${quoted(keyVariable)}`,
          'wire_api = "responses"',
          passthrough && 'env_http_headers = { "x-weir-authorization" = "WEIR_TOKEN" }',
        ),
      ),
      shellStep('Run', 'codex'),
    ],
    values: [],
    note:
      type === 'openai'
        ? null
        : 'Codex speaks the Responses API only: it works where the upstream serves it at /v1/responses.',
  };
}
