import type { UsageConvention } from './usage-convention.js';

/** The totals of one usage object and the parts that may stand inside or beside them. */
export interface Stated {
  readonly input: number | undefined;
  readonly output: number | undefined;
  readonly total: number | undefined;
  readonly cached: number | undefined;
  readonly cacheWrite: number | undefined;
  readonly reasoning: number | undefined;
}

export interface Counted {
  /** Without what was read from or written to the cache. */
  readonly input: number | undefined;
  /** With the reasoning. */
  readonly output: number | undefined;
  readonly reasoning: number | undefined;
  /** The upstream's own total is the sum of these. */
  readonly isSound: boolean;
}

/**
 * Fresh input and whole output. Some compatible servers count cache tokens beside the input, or reasoning beside the
 * output; where they do, their own total says so, or a part is larger than what should hold it.
 */
export function withoutOverlap(stated: Stated, convention: UsageConvention): Counted {
  const { input, output } = stated;
  const cache = (stated.cached ?? 0) + (stated.cacheWrite ?? 0);
  const reasoning = stated.reasoning ?? 0;
  const beside = besideTotals(stated, convention, cache, reasoning);
  const read = input === undefined ? undefined : input + (beside.cache ? cache : 0);
  const written = output === undefined ? undefined : output + (beside.reasoning ? reasoning : 0);
  const counted = {
    input: read === undefined ? undefined : read - cache,
    output: written,
    reasoning: stated.reasoning,
  };
  const gap = gapOf(stated, convention, read, written, reasoning);
  // Parts known to stand inside their totals leave no room for something written that nobody names.
  const isThought = gap > 0 && reasoning === 0 && written !== undefined && convention.reasoning === 'totals';
  if (isThought) {
    return { ...counted, output: written + gap, reasoning: gap, isSound: convention.unnamed === 'thoughts' };
  }
  return { ...counted, isSound: gap === 0 };
}

function besideTotals(
  { input, output, total }: Stated,
  convention: UsageConvention,
  cache: number,
  reasoning: number,
): { readonly cache: boolean; readonly reasoning: boolean } {
  // What the total holds beyond input and output is what stands beside them, in whichever ways the convention allows.
  const surplus = total === undefined ? 0 : total - (input ?? 0) - (output ?? 0);
  const cacheBeside = convention.cache === 'inside' ? 0 : cache;
  const reasoningBeside = convention.reasoning === 'inside' ? 0 : reasoning;
  const isBoth = surplus === cacheBeside + reasoningBeside;
  return {
    cache:
      input !== undefined &&
      cache > 0 &&
      (cache > input || convention.cache === 'beside' || (cacheBeside > 0 && (isBoth || surplus === cache))),
    reasoning:
      output !== undefined &&
      reasoning > 0 &&
      (reasoning > output ||
        convention.reasoning === 'beside' ||
        (reasoningBeside > 0 && (isBoth || (surplus === reasoning && surplus !== cacheBeside)))),
  };
}

/** What the total has beyond what is counted; negative: less than that. 0 where it agrees, or cannot be compared. */
function gapOf(
  { total }: Stated,
  convention: UsageConvention,
  read: number | undefined,
  written: number | undefined,
  reasoning: number,
): number {
  if (total === undefined || read === undefined || written === undefined) return 0;
  const gap = total - read - written;
  // Perplexity leaves the reasoning it counts beside the output out of its total, too.
  return gap === -reasoning && convention.reasoning === 'beside' ? 0 : gap;
}
