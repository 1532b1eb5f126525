import type { Dialect } from '../answer.js';
import type { CredentialPlace } from '../credential.js';
import { azureDialect, foundryDialect } from './azure.js';
import { cohereDialect } from './cohere.js';
import { ollamaDialect } from './ollama.js';
import { QUIRKS } from './quirks.js';
import { quirkyDialect } from './quirky-dialect.js';
import { replicateDialect } from './replicate.js';

interface SimulatedPreset {
  readonly dialect: Dialect;
  readonly credential: CredentialPlace;
}

const bearer = (dialect: Dialect): SimulatedPreset => ({ dialect, credential: 'bearer' });

/** Upstreams a whole simulator can play, by the name of their provider type. */
export const PRESETS = {
  mistral: bearer(quirkyDialect(QUIRKS.mistral)),
  groq: bearer(quirkyDialect(QUIRKS.groq)),
  deepseek: bearer(quirkyDialect(QUIRKS.deepseek)),
  together: bearer(quirkyDialect(QUIRKS.together)),
  perplexity: bearer(quirkyDialect(QUIRKS.perplexity)),
  fireworks: bearer(quirkyDialect(QUIRKS.fireworks)),
  ai21: bearer(quirkyDialect(QUIRKS.ai21)),
  xai: bearer(quirkyDialect(QUIRKS.xai)),
  hugging_face: bearer(quirkyDialect(QUIRKS.hugging_face)),
  cohere: bearer(cohereDialect),
  ollama: bearer(ollamaDialect),
  replicate: bearer(replicateDialect),
  azure_openai: { dialect: azureDialect, credential: 'api-key' },
  azure_foundry: { dialect: foundryDialect, credential: 'api-key' },
} as const satisfies Record<string, SimulatedPreset>;
export type PresetName = keyof typeof PRESETS;
