import { parseUsd } from '@weir/contracts';
import type { Tokens } from '../upstream/ledger.js';
import type { ClientEnd } from './drive.js';
import { DIALECTS, type DialectName, type PlannedStream } from './plan.js';
import { picoUsdOf } from './rates.js';
import type { ScaleEntry } from './upstream.js';

/** One stored event of the run with its rating. */
export interface ScaleRecord {
  readonly index: number;
  readonly usageSource: string;
  readonly outcome: string;
  readonly abortAction: string | null;
  readonly tokens: Tokens;
  /** A plain decimal; null = unpriced. */
  readonly total: string | null;
  readonly status: string;
}

export interface Sums {
  streams: number;
  tokens: number;
  picoUsd: bigint;
}

export interface DialectRow {
  readonly dialect: DialectName;
  readonly streams: number;
  readonly left: number;
  readonly failed: number;
  /** All that the upstream bills. */
  readonly billed: Sums;
  /** What is recorded as a fact. */
  readonly recorded: Sums;
  /** What the upstream bills for the streams whose record says that its usage is no fact. */
  readonly unknown: Sums;
  /** billed - recorded - unknown: 0 or something is wrong. */
  readonly differenceTokens: number;
  readonly differencePicoUsd: bigint;
}

export interface Comparison {
  readonly rows: readonly DialectRow[];
  /** A line for each stream about which something is wrong. */
  readonly faults: readonly string[];
}

const nothing = (): Sums => ({ streams: 0, tokens: 0, picoUsd: 0n });
const NO_TOKENS: Tokens = { input: 0, cachedInput: 0, cacheWrite5m: 0, cacheWrite1h: 0, output: 0 };

const countOf = (tokens: Tokens): number =>
  tokens.input + tokens.cachedInput + tokens.cacheWrite5m + tokens.cacheWrite1h + tokens.output;

function add(sums: Sums, tokens: Tokens, picoUsd: bigint): void {
  sums.streams++;
  sums.tokens += countOf(tokens);
  sums.picoUsd += picoUsd;
}

/**
 * Holds the upstream's ledger, the client's and the records against each other, stream by stream. A record whose usage is
 * `reported` must be the upstream's bill to the token and to 10^-12 USD; any other must be of a stream that may be unknown:
 * one that failed upstream or, under `cancel`, one whose client left.
 */
export function compareBooks(
  plan: readonly PlannedStream[],
  ledger: readonly ScaleEntry[],
  ends: readonly ClientEnd[],
  records: readonly ScaleRecord[],
  policy: 'drain' | 'cancel',
): Comparison {
  const byIndex = Map.groupBy(records, ({ index }) => index);
  const endOf = new Map(ends.map((end) => [end.index, end]));
  const faults: string[] = [];
  const rows = new Map(DIALECTS.map((dialect) => [dialect, emptyRow(dialect)]));
  for (const stream of plan) {
    const entry = ledger[stream.index] as ScaleEntry;
    const found = byIndex.get(stream.index) ?? [];
    const row = rows.get(stream.dialect) as ReturnType<typeof emptyRow>;
    const say = (what: string): number =>
      faults.push(`stream ${stream.index} (${stream.dialect}, ${stream.fate.kind}): ${what}`);
    row.streams++;
    row.left += stream.fate.kind === 'abort' ? 1 : 0;
    row.failed += isFailure(stream) ? 1 : 0;
    if (entry.requests !== 1) say(`${entry.requests} requests upstream`);
    if (found.length !== 1) say(`${found.length} records`);
    const end = endOf.get(stream.index);
    if (stream.fate.kind === 'whole' && end?.receivedSha256 !== entry.sentSha256)
      say(`the client got other bytes (${end?.ended})`);
    if (entry.billed !== null) add(row.billed, entry.billed, picoUsdOf(entry.billed));
    const [record] = found;
    if (record === undefined) continue;
    if (record.usageSource !== 'reported') {
      if (entry.billed !== null) add(row.unknown, entry.billed, picoUsdOf(entry.billed));
      const isAllowed = isFailure(stream) || (policy === 'cancel' && stream.fate.kind === 'abort');
      if (!isAllowed) say(`usage is ${record.usageSource}, ${record.outcome}, ${record.abortAction ?? 'not left'}`);
      if (record.status === 'computed') say('a cost that is no fact is shown as one');
      continue;
    }
    const picoUsd = parseUsd(record.total ?? '0');
    add(row.recorded, record.tokens, picoUsd);
    const billed = entry.billed ?? NO_TOKENS;
    if (JSON.stringify(billed) !== JSON.stringify(record.tokens))
      say(`billed ${JSON.stringify(billed)}, recorded ${JSON.stringify(record.tokens)}`);
    if (picoUsdOf(billed) !== picoUsd) say(`billed ${picoUsdOf(billed)} x 10^-12 USD, rated ${picoUsd}`);
  }
  const strangers = records.filter(({ index }) => plan[index] === undefined).length;
  if (strangers > 0) faults.push(`${strangers} records of no stream`);
  return { rows: [...rows.values()].map(settle), faults };
}

const isFailure = ({ fate }: PlannedStream): boolean => fate.kind !== 'whole' && fate.kind !== 'abort';

function emptyRow(dialect: DialectName) {
  const sums = { billed: nothing(), recorded: nothing(), unknown: nothing() };
  return { dialect, streams: 0, left: 0, failed: 0, ...sums };
}

function settle(row: ReturnType<typeof emptyRow>): DialectRow {
  const { billed, recorded, unknown } = row;
  return {
    ...row,
    differenceTokens: billed.tokens - recorded.tokens - unknown.tokens,
    differencePicoUsd: billed.picoUsd - recorded.picoUsd - unknown.picoUsd,
  };
}
