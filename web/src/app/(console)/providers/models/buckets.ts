/** The buckets of a rate card, in its order, in the words of the screens. */
export const BUCKETS = ['input', 'output', 'cached_input', 'cache_write_5m', 'cache_write_1h'] as const;
export type Bucket = (typeof BUCKETS)[number];

interface Wording {
  readonly label: string;
  /** What is billed at it. */
  readonly help: string;
}

const WORDING: Readonly<Record<Bucket, Wording>> = {
  input: { label: 'Input', help: 'Prompt tokens that no cache served; tool use too.' },
  output: { label: 'Output', help: 'What the model wrote; reasoning too.' },
  cached_input: { label: 'Cached input', help: 'Prompt tokens read from the cache.' },
  cache_write_5m: { label: 'Cache write (5-minute)', help: 'Prompt tokens put into the 5-minute cache.' },
  cache_write_1h: { label: 'Cache write (1-hour)', help: 'Prompt tokens put into the 1-hour cache.' },
};

const MORE: Readonly<Record<string, string>> = {
  cache_write_unknown: 'Cache write',
  audio_input: 'Audio input',
  audio_output: 'Audio output',
  image_input: 'Image input',
  image_output: 'Image output',
};

export function bucketHelp(bucket: Bucket): string {
  return WORDING[bucket].help;
}

export function bucketLabel(bucket: string): string {
  const known = (WORDING as Readonly<Record<string, Wording>>)[bucket]?.label ?? MORE[bucket];
  return known ?? bucket.replaceAll('_', ' ');
}
