import { PROVIDER_TYPES, type ProviderType } from '@weir/contracts';
import { anthropic } from './anthropic/index.js';
import { azureFoundry } from './azure-foundry/index.js';
import { azureOpenai } from './azure-openai/index.js';
import { bedrock } from './bedrock/index.js';
import { cohere } from './cohere/index.js';
import { google } from './google/index.js';
import { ollama } from './ollama/index.js';
import { openai } from './openai/index.js';
import { openaiCompatible } from './openai-compatible/index.js';
import { presetType } from './presets/preset-type.js';
import { PRESETS } from './presets/presets.js';
import type { ProviderTypeDefinition } from './provider-type.js';
import { replicate } from './replicate/index.js';
import { vertex } from './vertex/index.js';

const BY_TYPE = new Map<ProviderType, ProviderTypeDefinition>(
  [
    openai,
    anthropic,
    google,
    bedrock,
    azureOpenai,
    azureFoundry,
    vertex,
    cohere,
    replicate,
    ...PRESETS.map(presetType),
    ollama,
    openaiCompatible,
  ].map((definition) => [definition.type, definition]),
);

export const PROVIDER_TYPE_DEFINITIONS: readonly ProviderTypeDefinition[] = PROVIDER_TYPES.map(providerTypeOf);

export function providerTypeOf(type: ProviderType): ProviderTypeDefinition {
  const definition = BY_TYPE.get(type);
  if (!definition) throw new Error(`no definition of provider type ${type}`);
  return definition;
}
