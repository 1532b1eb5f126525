import { CLIENT_CLOSE } from '../client-close/client-close.js';
import { apiKeyForm } from '../credential/api-key.js';
import { openai } from '../openai/index.js';
import { readerAs } from '../openai/reader.js';
import { OPENAI_USAGE } from '../openai/usage-convention.js';
import type { ProviderTypeDefinition } from '../provider-type.js';
import type { Preset } from './preset.js';
import { speakingMessages } from './speaking-messages.js';

/** A provider type made of data, over OpenAI's dialect. */
export function presetType(preset: Preset): ProviderTypeDefinition {
  const { type, label, summary, baseUrl, suggestedSecretId, keyHelp, requestIdHeader, upstreamPath } = preset;
  const definition: ProviderTypeDefinition = {
    ...openai,
    ...{ type, label, summary, requestIdHeader, upstreamPath },
    clientClose: CLIENT_CLOSE[type],
    credentialForms: [apiKeyForm(suggestedSecretId, keyHelp)],
    baseUrlFor: () => baseUrl,
    requestUsage: preset.streamUsage === 'asked' ? openai.requestUsage : () => null,
    usageReader: readerAs(preset.usage ?? OPENAI_USAGE),
    ...preset.own,
  };
  return preset.speaksMessages ? speakingMessages(definition) : definition;
}
