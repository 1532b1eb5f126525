/** How one request is answered. What a model name does not say is the ordinary case. */
export interface Behaviour {
  readonly end:
    | 'complete'
    /** The connection is closed after half of the answer. */
    | 'cut'
    /** Nothing more comes after half of the answer; the connection stays open. */
    | 'stall'
    /** An error event inside the stream after half of the answer. */
    | 'error'
    /** The stream ends in good order, but without its terminal event. */
    | 'unterminated';
  readonly answer: 'model' | 'hang' | 'reset' | 'html' | 'status' | 'redirect' | 'broken_json' | 'empty';
  /** For `status`. */
  readonly status: number;
  readonly firstByteMs: number;
  readonly chunkMs: number;
  /** Words of the answer; null = from the request. */
  readonly words: number | null;
  readonly isGzipped: boolean;
  readonly hasUsage: boolean;
  /** Usage so far in every chunk of a chat stream, as some servers send it. */
  readonly isUsageContinuous: boolean;
  readonly lineEnd: '\n' | '\r\n' | '\r';
  /** Bytes per write; null = one event per write. */
  readonly writeBytes: number | null;
  /** Prompt-cache counts that the request itself does not explain. */
  readonly cache: { readonly read: number; readonly write5m: number; readonly write1h: number } | null;
}

export interface Pace {
  readonly firstByteMs: number;
  readonly chunkMs: number;
}

type Preset = (argument: number | null) => Partial<Behaviour>;

const SLOW_FIRST_BYTE_MS = 2_000;
const LONG_WORDS = 2_000;

/** `sim-<preset>` or `sim-<preset>-<number>`; whatever follows a dot is ignored, so `sim-slow.gpt-5` is `sim-slow`. */
const PRESETS: Readonly<Record<string, Preset>> = {
  slow: (ms) => ({ firstByteMs: ms ?? SLOW_FIRST_BYTE_MS }),
  drip: (ms) => ({ chunkMs: ms ?? 100, writeBytes: 1 }),
  stream: (ms) => ({ chunkMs: ms ?? 100 }),
  long: (words) => ({ words: words ?? LONG_WORDS }),
  'cut-mid-stream': () => ({ end: 'cut' }),
  'stall-mid-stream': () => ({ end: 'stall' }),
  'error-mid-stream': () => ({ end: 'error' }),
  'no-done': () => ({ end: 'unterminated' }),
  hang: () => ({ answer: 'hang' }),
  reset: () => ({ answer: 'reset' }),
  html: (status) => ({ answer: 'html', status: status ?? 502 }),
  redirect: () => ({ answer: 'redirect' }),
  'broken-json': () => ({ answer: 'broken_json' }),
  empty: () => ({ answer: 'empty' }),
  gzip: () => ({ isGzipped: true }),
  'no-usage': () => ({ hasUsage: false }),
  'usage-every-chunk': () => ({ isUsageContinuous: true }),
  crlf: () => ({ lineEnd: '\r\n' }),
  cr: () => ({ lineEnd: '\r' }),
  'split-bytes': (bytes) => ({ writeBytes: bytes ?? 1 }),
  'cache-read': (tokens) => ({ cache: { read: tokens ?? 1_024, write5m: 0, write1h: 0 } }),
  'cache-write': (tokens) => ({ cache: { read: 0, write5m: tokens ?? 1_024, write1h: 0 } }),
  'cache-write-1h': (tokens) => ({ cache: { read: 0, write5m: 0, write1h: tokens ?? 1_024 } }),
};

const NUMBERED = /^(.+?)-(\d+)$/;

/** What the model name asks for; an ordinary name gets an ordinary answer. */
export function behaviourOf(model: string, pace: Pace): Behaviour {
  const ordinary: Behaviour = {
    end: 'complete',
    answer: 'model',
    status: 200,
    firstByteMs: pace.firstByteMs,
    chunkMs: pace.chunkMs,
    words: null,
    isGzipped: false,
    hasUsage: true,
    isUsageContinuous: false,
    lineEnd: '\n',
    writeBytes: null,
    cache: null,
  };
  if (!model.startsWith('sim-')) return ordinary;
  const [name = ''] = model.slice('sim-'.length).split('.', 1);
  const status = /^[2-5]\d\d$/.test(name) ? Number(name) : null;
  if (status !== null) return { ...ordinary, answer: 'status', status };
  const whole = PRESETS[name];
  if (whole) return { ...ordinary, ...whole(null) };
  const numbered = NUMBERED.exec(name);
  const preset = numbered ? PRESETS[numbered[1] as string] : undefined;
  return { ...ordinary, ...preset?.(Number(numbered?.[2])) };
}

/** Names that the model lists show: ordinary ones, then one for each preset. */
export const SIMULATED_FAULTS: readonly string[] = [...Object.keys(PRESETS), '429', '500', '503'].map(
  (name) => `sim-${name}`,
);
