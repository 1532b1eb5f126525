import type { ProviderType } from '@weir/contracts';
import { anthropic } from './anthropic/index.js';
import { openai } from './openai/index.js';
import { openaiCompatible } from './openai-compatible/index.js';
import type { ProviderTypeDefinition } from './provider-type.js';

const BY_TYPE: Readonly<Record<ProviderType, ProviderTypeDefinition>> = {
  openai,
  anthropic,
  openai_compatible: openaiCompatible,
};

export const PROVIDER_TYPE_DEFINITIONS: readonly ProviderTypeDefinition[] = Object.values(BY_TYPE);

export function providerTypeOf(type: ProviderType): ProviderTypeDefinition {
  return BY_TYPE[type];
}
