import { Count, Usd } from '@/components/ui/figure';
import { plural } from '@/format';

export interface CostOf {
  readonly cost: string | null;
  readonly unpricedTurns: number;
  readonly unratedTurns: number;
}

/** What is known of the cost of turns; what is not known is said, and is never zero. */
export function TranscriptCost({ usage: { cost, unpricedTurns, unratedTurns } }: { usage: CostOf }) {
  if (cost === null) {
    return unpricedTurns > 0 ? (
      <Usd amount={null} />
    ) : (
      <span className="text-ink-3" title={unratedTurns > 0 ? 'Its rating is on its way' : 'Not known'}>
        –
      </span>
    );
  }
  const open = [
    ...(unpricedTurns > 0 ? [`${plural(unpricedTurns, 'turn')} without a price`] : []),
    ...(unratedTurns > 0 ? [`${plural(unratedTurns, 'turn')} not rated yet`] : []),
  ];
  // Nothing but what is free is known: a zero would say that the rest is free, too.
  if (unpricedTurns > 0 && /^[0.]+$/.test(cost)) {
    return (
      <span className="text-amber" title={open.join(', ')}>
        unpriced
      </span>
    );
  }
  return (
    <>
      <Usd amount={cost} />
      {open.length > 0 && (
        <span className="text-amber" title={`At least: ${open.join(', ')}`}>
          {' '}
          +<span className="sr-only">, and {open.join(', ')}</span>
        </span>
      )}
    </>
  );
}

/** All tokens of turns, as far as they are known. */
export function TranscriptTokens({ usage }: { usage: TokensOf & { readonly turnsWithoutUsage: number } }) {
  const open = `${plural(usage.turnsWithoutUsage, 'turn')} without usage`;
  const known = allTokens(usage);
  return (
    <>
      <Count value={known} />
      {known !== null && usage.turnsWithoutUsage > 0 && (
        <span className="text-amber" title={`At least: ${open}`}>
          {' '}
          +<span className="sr-only">, and {open}</span>
        </span>
      )}
    </>
  );
}

interface TokensOf {
  readonly inputTokens: number | null;
  readonly cachedInputTokens: number | null;
  readonly cacheWriteTokens: number | null;
  readonly outputTokens: number | null;
}

/** All input and output that is known; null where nothing is. */
function allTokens(usage: TokensOf): number | null {
  const known = [usage.inputTokens, usage.cachedInputTokens, usage.cacheWriteTokens, usage.outputTokens].filter(
    (value) => value !== null,
  );
  return known.length === 0 ? null : known.reduce((sum, value) => sum + value, 0);
}
