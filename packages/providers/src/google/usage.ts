import type { Meters } from '@weir/contracts';
import { known } from '../counts/known.js';
import { partOf, without } from '../counts/part-of.js';
import { countOf, firstCount, isMisstated, type JsonObject, objectOf, textOf } from '../json/value.js';

const TIER_MAX_LENGTH = 63;

/** The counts of one `usageMetadata`. What is undefined was not stated. */
export interface Counts {
  /** Includes what was cached. */
  readonly prompt?: number;
  readonly cached?: number;
  /** What built-in tools gave the model to read; beside the prompt. */
  readonly toolUse?: number;
  /** Without the thoughts. */
  readonly candidates?: number;
  readonly thoughts?: number;
  readonly total?: number;
  readonly audioPrompt?: number;
  readonly imagePrompt?: number;
  readonly audioCached?: number;
  readonly imageCached?: number;
  readonly audioCandidates?: number;
  readonly imageCandidates?: number;
}

/** https://ai.google.dev/api/generate-content#UsageMetadata */
export function countsOf(usage: JsonObject | null): Counts {
  const prompt = modalitiesOf(usage?.promptTokensDetails);
  const cached = modalitiesOf(usage?.cacheTokensDetails);
  const written = modalitiesOf(usage?.candidatesTokensDetails ?? usage?.responseTokensDetails);
  return known({
    prompt: countOf(usage?.promptTokenCount),
    cached: countOf(usage?.cachedContentTokenCount),
    toolUse: countOf(usage?.toolUsePromptTokenCount),
    candidates: firstCount(usage?.candidatesTokenCount, usage?.responseTokenCount),
    thoughts: countOf(usage?.thoughtsTokenCount),
    total: countOf(usage?.totalTokenCount),
    audioPrompt: prompt.get('AUDIO'),
    imagePrompt: prompt.get('IMAGE'),
    audioCached: cached.get('AUDIO'),
    imageCached: cached.get('IMAGE'),
    audioCandidates: written.get('AUDIO'),
    imageCandidates: written.get('IMAGE'),
  });
}

const COUNTS = [
  ...['promptTokenCount', 'cachedContentTokenCount', 'toolUsePromptTokenCount', 'candidatesTokenCount'],
  ...['responseTokenCount', 'thoughtsTokenCount', 'totalTokenCount'],
];

/** Something that is no count stands where one belongs. */
export function hasMisstatement(usage: JsonObject): boolean {
  return COUNTS.some((name) => isMisstated(usage[name]));
}

/** `[{"modality":"AUDIO","tokenCount":250}]`; a modality that is named twice counts with both. */
function modalitiesOf(details: unknown): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const detail of Array.isArray(details) ? details : []) {
    const modality = textOf(objectOf(detail)?.modality);
    const count = countOf(objectOf(detail)?.tokenCount);
    if (modality !== null && count !== undefined) counts.set(modality, (counts.get(modality) ?? 0) + count);
  }
  return counts;
}

interface Sums {
  readonly read: number;
  readonly written: number;
}

export interface Counted {
  readonly meters: Meters;
  /** No part is larger than its whole, and the upstream's own total is the sum of its parts. */
  readonly isSound: boolean;
}

/**
 * Each token once: fresh input without what was cached, tools' results as a part of it, thoughts as a part of the
 * output. A count of zero is left out of Google's JSON, so the total tells what an absent one is.
 */
export function metersOf(counts: Counts): Counted {
  const { prompt, cached, toolUse, thoughts, total } = counts;
  const candidates = counts.candidates ?? restOf(counts);
  const ways = prompt === undefined ? [] : waysOf({ ...counts, prompt, candidates: candidates ?? 0 });
  const [documented] = ways;
  const sums = ways.find(({ read, written }) => read + written === total) ?? documented;
  const input = sums && Math.max(0, sums.read - (cached ?? 0));
  const output = candidates === undefined ? undefined : (sums?.written ?? candidates + (thoughts ?? 0));
  const toolUseInput = partOf(input, toolUse);
  const audioInput = partOf(input, without(counts.audioPrompt, counts.audioCached), toolUseInput);
  const reasoning = output === undefined ? thoughts : partOf(output, thoughts);
  const audioOutput = partOf(output, counts.audioCandidates, reasoning);
  return {
    meters: known({
      input,
      cachedInput: cached,
      cachedAudioInput: partOf(cached, counts.audioCached),
      toolUseInput,
      audioInput,
      imageInput: partOf(input, without(counts.imagePrompt, counts.imageCached), toolUseInput, audioInput),
      output,
      reasoning,
      audioOutput,
      imageOutput: partOf(output, counts.imageCandidates, reasoning, audioOutput),
    }),
    isSound:
      (sums === undefined ||
        (total === undefined ? (cached ?? 0) <= (prompt ?? 0) + (toolUse ?? 0) : sumOf(sums) === total)) &&
      // Tools' results and thoughts that would not fit were left out of their wholes.
      (toolUse ?? 0) <= (sums?.read ?? Number.POSITIVE_INFINITY) &&
      reasoning === thoughts,
  };
}

/**
 * How the counts may include one another, the documented way first. Google's models differ from what is documented now
 * and then: thoughts inside the candidates, tools' results inside the prompt, cached tokens beside it. Which it is, is
 * told by the total.
 */
function waysOf(counts: Counts & { readonly prompt: number; readonly candidates: number }): Sums[] {
  const { prompt, candidates, cached = 0, toolUse = 0, thoughts = 0 } = counts;
  const beside = cached > prompt + toolUse ? cached : 0;
  const all = [prompt + toolUse + beside, ...(toolUse <= prompt ? [prompt + beside] : []), prompt + toolUse + cached];
  // What was read holds what was read from the cache.
  const reads = all.filter((read) => read >= cached);
  const writes = [candidates + thoughts, ...(thoughts <= candidates ? [candidates] : [])];
  return reads.flatMap((read) => writes.map((written) => ({ read, written })));
}

function sumOf({ read, written }: Sums): number {
  return read + written;
}

function restOf({ prompt, toolUse = 0, thoughts = 0, total }: Counts): number | undefined {
  if (prompt === undefined || total === undefined) return undefined;
  const rest = total - prompt - toolUse - thoughts;
  return rest >= 0 ? rest : undefined;
}

/** Vertex AI tells the kind of traffic, the Gemini API the tier. */
const TRAFFIC: ReadonlyMap<unknown, string> = new Map([
  ['ON_DEMAND', 'standard'],
  ['ON_DEMAND_PRIORITY', 'priority'],
  ['ON_DEMAND_FLEX', 'flex'],
  ['ON_DEMAND_OFFPEAK', 'offpeak'],
  ['PROVISIONED_THROUGHPUT', 'provisioned_throughput'],
]);

export function tierOf(usage: JsonObject | null): string | null {
  return tierNamed(usage?.serviceTier) ?? TRAFFIC.get(usage?.trafficType) ?? null;
}

export function tierNamed(value: unknown): string | null {
  const tier =
    textOf(value, TIER_MAX_LENGTH)
      ?.toLowerCase()
      .replace(/^service_tier_/, '') ?? null;
  return tier === 'unspecified' ? null : tier;
}
