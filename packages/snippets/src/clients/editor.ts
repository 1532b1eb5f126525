import { fileStep, type Guide, type Step } from '../guide.js';
import { code, quoted } from '../literal.js';
import type { Subject } from '../target.js';

/** Editors and their extensions ask for three values: an address, a key and a model. */
export function editor(subject: Subject): Guide | null {
  const { dialect, sdkBaseUrl, model, passthrough } = subject;
  if (passthrough || (dialect !== 'openai' && dialect !== 'anthropic')) return null;
  const isOpenai = dialect === 'openai';
  const settings: Step = {
    title: isOpenai ? 'Settings > Models > API keys' : 'Provider settings of the extension',
    file: null,
    language: 'text',
    code: code(
      `${isOpenai ? 'Override OpenAI Base URL' : 'Custom base URL'}:  ${sdkBaseUrl}`,
      `${isOpenai ? 'OpenAI API Key          ' : 'Anthropic API key'}:  the token`,
      `${isOpenai ? 'Custom model            ' : 'Model            '}:  ${model}`,
    ),
  };
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
    steps: [settings, { ...fileStep('~/.continue/config.yaml', 'yaml', continueConfig), title: 'Continue' }],
    note: isOpenai
      ? 'Cursor sends chat from its own servers, so the proxy URL must be reachable from the internet; extensions such as Cline, Continue or Zed call from your machine.'
      : 'These call from your machine, so an address inside your network will do.',
  };
}
