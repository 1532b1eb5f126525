import { fileStep, type Guide } from '../guide.js';
import { code, quoted } from '../literal.js';
import type { Subject } from '../target.js';
import { TOKEN_PLACEHOLDER } from '../token.js';

/** Editors and their extensions ask for three values: an address, a key and a model. */
export function editor(subject: Subject): Guide | null {
  const { dialect, sdkBaseUrl, model, passthrough } = subject;
  if (passthrough || (dialect !== 'openai' && dialect !== 'anthropic')) return null;
  const isOpenai = dialect === 'openai';
  const values = [
    { label: isOpenai ? 'Override OpenAI Base URL' : 'Custom base URL', value: sdkBaseUrl },
    { label: isOpenai ? 'OpenAI API Key' : 'Anthropic API key', value: TOKEN_PLACEHOLDER },
    { label: isOpenai ? 'Custom model' : 'Model', value: model },
  ];
  const continueConfig = code(
    'name: Weir',
    'version: 1.0.0',
    'schema: v1',
    'models:',
    `  - name: ${quoted(`${model} through Weir`)}`,
    `    provider: ${isOpenai ? 'openai' : 'anthropic'}`,
    `    model: ${quoted(model)}`,
    `    apiBase: ${quoted(isOpenai ? sdkBaseUrl : `${sdkBaseUrl}/v1`)}`,
    // biome-ignore lint/suspicious/noTemplateCurlyInString: the placeholder is part of the file shown
    '    apiKey: ${{ secrets.WEIR_TOKEN }}',
  );
  return {
    id: 'editor',
    label: isOpenai ? 'Cursor and other editors' : 'Cline and other editors',
    install: null,
    steps: [fileStep('~/.continue/config.yaml', 'yaml', continueConfig)],
    values,
    note: isOpenai
      ? 'Cursor sends chat from its own servers, so the proxy URL must be reachable from the internet; extensions such as Cline, Continue or Zed call from your machine.'
      : 'These call from your machine, so an address inside your network will do.',
  };
}
