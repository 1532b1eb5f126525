/** The buckets of a rate card, in its order, in the words of the screens. */
export const BUCKETS = ['input', 'output', 'cached_input', 'cache_write_5m', 'cache_write_1h'] as const;
/** Those that only some models bill; a rate card shows them where there is a rate. */
export const FURTHER_BUCKETS = [
  'audio_input',
  'audio_output',
  'cached_audio_input',
  'image_input',
  'image_output',
  'web_search',
  'request',
] as const;
export const ALL_BUCKETS = [...BUCKETS, ...FURTHER_BUCKETS] as const;
export type Bucket = (typeof ALL_BUCKETS)[number];

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
  audio_input: { label: 'Audio input', help: 'Tokens of sound that was sent.' },
  audio_output: { label: 'Audio output', help: 'Tokens of sound that the model made.' },
  cached_audio_input: { label: 'Cached audio input', help: 'Tokens of sound read from the cache.' },
  image_input: { label: 'Image input', help: 'Tokens of images that were sent.' },
  image_output: { label: 'Image output', help: 'Tokens of images that the model made.' },
  web_search: { label: 'Web search', help: 'Each search of the web; per 1,000 searches.' },
  request: { label: 'Request', help: 'A fee for each call; per 1,000 calls.' },
};

const MORE: Readonly<Record<string, string>> = { cache_write_unknown: 'Cache write' };

export function bucketHelp(bucket: Bucket): string {
  return WORDING[bucket].help;
}

export function bucketLabel(bucket: string): string {
  const known = (WORDING as Readonly<Record<string, Wording>>)[bucket]?.label ?? MORE[bucket];
  return known ?? bucket.replaceAll('_', ' ');
}

/** Paid by the piece: a price list names it for 1,000, where tokens are named for 1M. */
export function isByPiece(bucket: string): boolean {
  return bucket === 'web_search' || bucket === 'request';
}
