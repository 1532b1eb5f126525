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

/** The same with each token once: `input` without the cache, `output` with the reasoning. */
export interface Counted extends Omit<Stated, 'total'> {
  /** The upstream's own total is the sum of these, and no part was larger than its whole. */
  readonly isSound: boolean;
}

/**
 * Fresh input and whole output. Some compatible servers count cache tokens beside the input, or reasoning beside the
 * output; where they do, their own total says so, or a part is larger than what should hold it. A part that is larger
 * although the total, or what is known of the upstream, puts it inside is refuted: its whole stands undivided.
 */
export function withoutOverlap(stated: Stated, convention: UsageConvention): Counted {
  const { input, output, total } = stated;
  const isTotalOfBoth = total !== undefined && total === (input ?? 0) + (output ?? 0);
  const isRefuted = (part: number, whole: number | undefined, place: UsageConvention['cache']) =>
    whole !== undefined && part > whole && (place === 'inside' || (place === 'totals' && isTotalOfBoth));
  const isCacheRefuted = isRefuted((stated.cached ?? 0) + (stated.cacheWrite ?? 0), input, convention.cache);
  const isReasoningRefuted = isRefuted(stated.reasoning ?? 0, output, convention.reasoning);
  // The rule: nothing is refuted, and nothing copied.
  if (!isCacheRefuted && !isReasoningRefuted) return counts(stated, convention);
  const believed = {
    ...stated,
    ...(isCacheRefuted && { cached: undefined, cacheWrite: undefined }),
    ...(isReasoningRefuted && { reasoning: undefined }),
  };
  return { ...counts(believed, convention), isSound: false };
}

function counts(stated: Stated, convention: UsageConvention): Counted {
  const { input, output, total, cached, cacheWrite } = stated;
  const cache = (cached ?? 0) + (cacheWrite ?? 0);
  const reasoning = stated.reasoning ?? 0;
  const beside = besideTotals(stated, convention, cache, reasoning);
  const read = input === undefined ? undefined : input + (beside.cache ? cache : 0);
  const written = output === undefined ? undefined : output + (beside.reasoning ? reasoning : 0);
  const fresh = read === undefined ? undefined : read - cache;
  const gap = total === undefined || read === undefined || written === undefined ? 0 : total - read - written;
  // Parts known to stand inside their totals leave no room for something written that nobody names.
  const isThought = gap > 0 && reasoning === 0 && written !== undefined && convention.reasoning === 'totals';
  if (isThought) {
    const isSound = convention.unnamed === 'thoughts';
    return { input: fresh, cached, cacheWrite, output: written + gap, reasoning: gap, isSound };
  }
  // Perplexity leaves the reasoning it counts beside the output out of its total, too.
  const isLeftOut = gap === -reasoning && convention.reasoning === 'beside';
  const isSound = gap === 0 || isLeftOut;
  return { input: fresh, cached, cacheWrite, output: written, reasoning: stated.reasoning, isSound };
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
