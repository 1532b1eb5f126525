import { findProvider } from '@pydantic/genai-prices';
import { importGenaiPrices } from '../src/import/genai-prices.js';

const VENDORS =
  'anthropic aws azure cerebras cohere deepseek fireworks google groq mistral moonshotai openai openrouter perplexity together x-ai';

/** The price library that is installed here, as catalog entries. */
export const LIBRARY = importGenaiPrices({ findProvider }, VENDORS.split(' '), {
  ...{ name: '@pydantic/genai-prices', version: '0.1.8', asOf: '2026-09-23' },
});
