import { fileStep, type Guide, shellStep } from '../guide.js';
import type { Subject } from '../target.js';

/** https://opencode.ai/docs/providers */
export function opencode(subject: Subject): Guide | null {
  const sdk = sdkOf(subject);
  if (sdk === null) return null;
  const { model, passthrough, keyVariable } = subject;
  const headers = passthrough ? { headers: { 'x-weir-authorization': 'Bearer {env:WEIR_TOKEN}' } } : {};
  const config = {
    $schema: 'https://opencode.ai/config.json',
    model: `weir/${model}`,
    small_model: `weir/${model}`,
    provider: {
      weir: {
        npm: sdk.npm,
        name: 'Weir',
        options: { ...sdk.options, apiKey: `{env:${keyVariable}}`, ...headers },
        models: { [model]: {} },
      },
    },
  };
  return {
    id: 'opencode',
    label: 'OpenCode',
    install: 'npm install -g opencode-ai',
    steps: [fileStep('opencode.json', 'json', JSON.stringify(config, null, 2)), shellStep('Run', 'opencode')],
    values: [],
    note: 'Save the file in your project, or as ~/.config/opencode/opencode.json for all of them.',
  };
}

function sdkOf({ dialect, sdkBaseUrl, region }: Subject): { npm: string; options: Record<string, string> } | null {
  switch (dialect) {
    case 'openai':
      return { npm: '@ai-sdk/openai-compatible', options: { baseURL: sdkBaseUrl } };
    case 'anthropic':
      return { npm: '@ai-sdk/anthropic', options: { baseURL: `${sdkBaseUrl}/v1` } };
    case 'google':
      return { npm: '@ai-sdk/google', options: { baseURL: `${sdkBaseUrl}/v1beta` } };
    case 'bedrock':
      return { npm: '@ai-sdk/amazon-bedrock', options: { region, baseURL: sdkBaseUrl } };
    default:
      return null;
  }
}
