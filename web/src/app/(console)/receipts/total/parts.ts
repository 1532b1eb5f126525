/** The seven sums a total is shown as, and the buckets each is made of. */
export const PARTS = ['input', 'cachedInput', 'cacheWrite', 'output', 'reasoning', 'toolUse', 'other'] as const;
export type Part = (typeof PARTS)[number];

const OF_BUCKET: Readonly<Record<string, Part>> = {
  input: 'input',
  tool_use_input: 'toolUse',
  audio_input: 'input',
  image_input: 'input',
  cached_input: 'cachedInput',
  cached_audio_input: 'cachedInput',
  cache_write_5m: 'cacheWrite',
  cache_write_1h: 'cacheWrite',
  cache_write_unknown: 'cacheWrite',
  output: 'output',
  audio_output: 'output',
  image_output: 'output',
  reasoning: 'reasoning',
};

export const partOfBucket = (bucket: string): Part => OF_BUCKET[bucket] ?? 'other';

export const PART_LABELS: Readonly<Record<Part, string>> = {
  input: 'Input',
  cachedInput: 'Cached input',
  cacheWrite: 'Cache writes',
  output: 'Output',
  reasoning: 'Reasoning',
  toolUse: 'Tool use',
  other: 'Other',
};
