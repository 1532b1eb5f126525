import type { Capability } from './capability.js';

/** What a model is for, told from its name; first match counts. Names follow their families' habits on every upstream. */
const KINDS: readonly { readonly pattern: RegExp; readonly serves: readonly Capability[] }[] = [
  { pattern: /rerank/i, serves: ['rerank'] },
  { pattern: /embed|(?:^|[/\-_])(?:bge|e5|gte|minilm|m2-bert)(?:[-_]|$)/i, serves: ['embeddings'] },
  {
    pattern:
      /dall-?e|gpt-image|chatgpt-image|imagen|flux|stable-diffusion|sdxl|stable-image|titan-image|grok-.*image|nova-canvas|(?:^|\.)stability\./i,
    serves: ['images'],
  },
  { pattern: /whisper|(?:^|[-_/])tts|transcribe|speech|orpheus|nova-sonic/i, serves: ['audio'] },
];

const TEXT: readonly Capability[] = ['chat', 'streaming', 'tools', 'responses', 'messages', 'completions'];

/** Capabilities a model of this name can be behind. */
export function servedBy(model: string): readonly Capability[] {
  return KINDS.find(({ pattern }) => pattern.test(model))?.serves ?? TEXT;
}
