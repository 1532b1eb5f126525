import { ai21 } from '../ai21/index.js';
import { deepseek } from '../deepseek/index.js';
import { fireworks } from '../fireworks/index.js';
import { groq } from '../groq/index.js';
import { huggingFace } from '../hugging-face/index.js';
import { mistral } from '../mistral/index.js';
import { perplexity } from '../perplexity/index.js';
import { together } from '../together/index.js';
import { xai } from '../xai/index.js';
import type { Preset } from './preset.js';

/** Types that are data over OpenAI's dialect. */
export const PRESETS: readonly Preset[] = [
  mistral,
  groq,
  deepseek,
  together,
  perplexity,
  fireworks,
  ai21,
  xai,
  huggingFace,
];
