import { apiKeyForm } from '../credential/api-key.js';
import { openai } from '../openai/index.js';
import type { ProviderTypeDefinition } from '../provider-type.js';
import type { Preset } from './presets.js';

/** A provider type made of data alone, over the OpenAI dialect. */
export function presetType({ type, label, summary, baseUrl, suggestedSecretId }: Preset): ProviderTypeDefinition {
  return {
    ...openai,
    type,
    label,
    summary,
    defaultBaseUrl: baseUrl,
    credential: 'required',
    suggestedSecretId,
    credentialForms: [apiKeyForm(suggestedSecretId, `Made on the key page of ${label}.`)],
    baseUrlFor: () => baseUrl,
  };
}
