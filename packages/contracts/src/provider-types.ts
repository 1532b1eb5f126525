import { z } from 'zod';

/** The upstream kinds a provider can be of. `@weir/providers` holds one folder for each. */
export const PROVIDER_TYPES = ['openai', 'anthropic', 'openai_compatible'] as const;
export const providerType = z.enum(PROVIDER_TYPES);
export type ProviderType = z.infer<typeof providerType>;
