import type { MemberScanner } from '../json/member-scanner.js';
import { countOf } from '../json/value.js';
import type { Stated } from './stated.js';

/** Counts that Llama, Titan and Cohere put beside their answer instead of into a `usage` object; first one counts. */
const INPUT = [
  'prompt_token_count',
  'inputTextTokenCount',
  'token_count.prompt_tokens',
  'meta.billed_units.input_tokens',
];
const OUTPUT = [
  'generation_token_count',
  'totalOutputTextTokenCount',
  'token_count.response_tokens',
  'meta.billed_units.output_tokens',
];
const RESULTS = 'results.[].tokenCount';
/** Every result has one, also those that say nothing of their tokens. */
const REASONS = 'results.[].completionReason';

export const LOOSE_PATHS: readonly string[] = [...INPUT, ...OUTPUT, RESULTS, REASONS];

export interface LooseUsage {
  readonly counts: Stated;
  /** JSON text of what was found; null when nothing was. */
  readonly raw: string | null;
}

export function looseUsage(members: MemberScanner): LooseUsage {
  const found: string[] = [];
  const countAt = (path: string): number | undefined => {
    const count = countOf(members.value(path));
    if (count !== undefined) found.push(`${JSON.stringify(path)}:${members.text(path)}`);
    return count;
  };
  const first = (paths: readonly string[]) =>
    paths.reduce<number | undefined>((sum, path) => sum ?? countAt(path), undefined);
  const input = first(INPUT);
  const output = first(OUTPUT) ?? titanOutput(members, found);
  return { counts: { input, output }, raw: found.length > 0 ? `{${found.join(',')}}` : null };
}

/** Titan states the tokens of each of its results; their sum is known only if every one of them is. */
function titanOutput(members: MemberScanner, found: string[]): number | undefined {
  const texts = members.texts(RESULTS);
  const counts = members.values(RESULTS).map(countOf);
  if (texts.length === 0 || counts.length < Math.max(texts.length, members.texts(REASONS).length)) return undefined;
  const sum = counts.reduce<number | undefined>(
    (total, count) => (total === undefined || count === undefined ? undefined : countOf(total + count)),
    0,
  );
  if (sum !== undefined) found.push(`${JSON.stringify(RESULTS)}:[${texts.join(',')}]`);
  return sum;
}
