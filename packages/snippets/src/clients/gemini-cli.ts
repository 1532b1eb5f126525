import { fileStep, type Guide, shellStep } from '../guide.js';
import { code, shell } from '../literal.js';
import type { Subject } from '../target.js';

/** https://github.com/google-gemini/gemini-cli/blob/main/docs/reference/configuration.md */
export function geminiCli({ dialect, proxyUrl, model, passthrough }: Subject): Guide | null {
  if (dialect !== 'google') return null;
  return {
    id: 'gemini-cli',
    label: 'Gemini CLI',
    install: 'npm install -g @google/gemini-cli',
    steps: [
      fileStep(
        '~/.gemini/settings.json',
        'json',
        JSON.stringify({ security: { auth: { selectedType: 'gemini-api-key' } } }, null, 2),
      ),
      shellStep(
        'Environment',
        code(
          `export GOOGLE_GEMINI_BASE_URL=${shell(proxyUrl)}`,
          passthrough
            ? 'export GEMINI_CLI_CUSTOM_HEADERS="x-weir-authorization: Bearer $WEIR_TOKEN"'
            : 'export GEMINI_API_KEY="$WEIR_TOKEN"',
          `export GEMINI_MODEL=${shell(model)}`,
        ),
      ),
      shellStep('Run', 'gemini'),
    ],
    values: [],
    note: passthrough ? 'GEMINI_API_KEY stays your own key and goes to the upstream unchanged.' : null,
  };
}
