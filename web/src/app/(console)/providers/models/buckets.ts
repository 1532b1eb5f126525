/** The buckets of a rate card, in its order, in the words of the screens. */
export const BUCKETS = ['input', 'output', 'cached_input', 'cache_write_5m', 'cache_write_1h'] as const;
/** Those that only some models bill; a rate card shows them where there is a rate. */
export const FURTHER_BUCKETS = [
  'audio_input',
  'audio_output',
  'cached_audio_input',
  'image_input',
  'image_output',
  'image',
  'audio_second',
  'web_search',
  'file_search',
  'search_unit',
  'code_container',
  'request',
] as const;
export const ALL_BUCKETS = [...BUCKETS, ...FURTHER_BUCKETS] as const;
export type Bucket = (typeof ALL_BUCKETS)[number];

const PIECES: ReadonlySet<string> = new Set<Bucket>([
  ...(['image', 'audio_second', 'web_search', 'file_search', 'search_unit', 'code_container', 'request'] as const),
]);

interface Wording {
  readonly label: string;
  /** What is billed at it. */
  readonly help: string;
}

const WORDING: Readonly<Record<Bucket, Wording>> = {
  input: { label: 'Input', help: 'Prompt tokens that no cache served; tool use too.' },
  output: { label: 'Output', help: 'What the model wrote; reasoning too.' },
  cached_input: { label: 'Cached input', help: 'Prompt tokens read from the cache.' },
  cache_write_5m: { label: 'Cache write (5 min)', help: 'Prompt tokens put into the 5-minute cache.' },
  cache_write_1h: { label: 'Cache write (1 h)', help: 'Prompt tokens put into the 1-hour cache.' },
  audio_input: { label: 'Audio input', help: 'Tokens of sound that was sent.' },
  audio_output: { label: 'Audio output', help: 'Tokens of sound that the model made.' },
  cached_audio_input: { label: 'Cached audio input', help: 'Tokens of sound read from the cache.' },
  image_input: { label: 'Image input', help: 'Tokens of images that were sent.' },
  image_output: { label: 'Image output', help: 'Tokens of images that the model made.' },
  image: { label: 'Images', help: 'Each image that is billed by the piece; per 1,000 images.' },
  audio_second: { label: 'Audio seconds', help: 'Sound that is billed by its length; per 1,000 seconds.' },
  web_search: { label: 'Web searches', help: 'Each search of the web; per 1,000 searches.' },
  file_search: { label: 'File searches', help: 'Each search of files kept upstream; per 1,000 searches.' },
  search_unit: { label: 'Search units', help: 'What reranking is billed in; per 1,000 units.' },
  code_container: { label: 'Code containers', help: 'Each sandbox that ran code; per 1,000 containers.' },
  request: { label: 'Requests', help: 'A fee for each call; per 1,000 calls.' },
};

/** What a line of a receipt can be about beside the buckets that a price can be set for. */
const MORE: Readonly<Record<string, string>> = {
  cache_write_unknown: 'Cache write (unknown TTL)',
  reasoning: 'Reasoning',
  tool_use_input: 'Tool use',
  stated_cost: 'Cost the upstream stated',
};

export function bucketHelp(bucket: Bucket): string {
  return WORDING[bucket].help;
}

/** `other:codeRuns` is a quantity no rate card has a name for: `Code runs`. */
export function bucketLabel(bucket: string): string {
  const known = (WORDING as Readonly<Record<string, Wording>>)[bucket]?.label ?? MORE[bucket];
  return known ?? asWords(bucket.replace(/^other:/, ''));
}

/** A name out of code as words: `codeRuns` and `code_runs` are `Code runs`. */
export function asWords(name: string): string {
  const words = name
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replaceAll('_', ' ')
    .trim()
    .toLowerCase();
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}`;
}

/** Paid by the piece: a price list names it for 1,000, where tokens are named for 1M. */
export function isByPiece(bucket: string): boolean {
  return PIECES.has(bucket);
}
