'use client';
import { Section } from '@/components/ui/section';
import { Skeleton } from '@/components/ui/skeleton';
import { plural } from '@/format';
import { useFigures } from '../live/use-figures';
import { spanText } from '../range';
import { Method } from '../sections/method';
import { Quiet } from '../sections/quiet';
import { narrowTo } from '../state/filters';
import { spanInput, type UsageState } from '../state/use-usage-state';
import { SectionProblem } from '../states/section-problem';
import { groupText } from '../toolbar/group-menu';
import { type Change, DriverTable } from './driver-table';
import { CHANGE } from './queries';
import { addsUp, waterfall } from './waterfall';
import { WaterfallTable } from './waterfall-table';

const EFFECT_NAMES: Record<Change['effects'][number]['kind'], string> = {
  volume: 'Volume',
  mix: 'Model mix',
  cache_hit: 'Cache hits',
  retries: 'Retries',
  price: 'Price',
  unpriced: 'Unpriced calls',
  other: 'Everything else',
};

/** Why the spend is not what it was in the period before. */
export function ChangeSection({ state }: { state: UsageState }) {
  const { range, previous, filter, groupBy, tagKey, zone } = state;
  const { data, problem, stale, refetch } = useFigures(
    CHANGE,
    {
      ...{ range: spanInput(range), previous: spanInput(previous), filter, groupBy, first: 20 },
      ...(tagKey === null ? {} : { tagKey }),
    },
    { isSlow: true },
  );
  const change = data?.usageChange;
  return (
    <Section
      title="Why did it change"
      description={
        <Quiet>
          {spanText(range, zone.name)} against {spanText(previous, zone.name)}, {zone.name}
        </Quiet>
      }
      actions={change && <Method text={change.method} of="the change" />}
    >
      {change ? (
        <div aria-busy={stale} className={stale ? 'opacity-60 transition-opacity delay-150 duration-100' : undefined}>
          <Explained change={change} state={state} />
        </div>
      ) : problem ? (
        <SectionProblem title="The change could not be worked out" problem={problem} state={state} onRetry={refetch} />
      ) : (
        <ChangeSkeleton />
      )}
    </Section>
  );
}

function Explained({ change, state }: { change: Change; state: UsageState }) {
  const { before, after, effects, difference } = change;
  if (before.calls === 0 && after.calls === 0)
    return <p className="text-ink-2">There were no calls in either period.</p>;
  const named = effects
    .filter(({ amount }) => !/^-?0(\.0*)?$/.test(amount))
    .map(({ kind, amount, explanation }) => ({ name: EFFECT_NAMES[kind], amount, explanation }));
  const unpriced = before.unpricedCalls + after.unpricedCalls;
  return (
    <div className="grid grid-cols-1 gap-x-12 gap-y-6 xl:grid-cols-2">
      <div className="min-w-0">
        <WaterfallTable label="Effects on the spend" steps={waterfall(before, named, after)} />
        <p className="mt-2 text-caption text-ink-3">
          {addsUp(before.spend, effects, after.spend)
            ? 'The effects add up to the difference, to the last digit.'
            : `The effects do not add up to the difference of ${difference} USD. Calls that come in right now can be in one figure and not yet in the other.`}
          {unpriced > 0 &&
            ` ${plural(unpriced, 'call')} without a price ${unpriced === 1 ? 'is' : 'are'} in no figure.`}
        </p>
      </div>
      <div className="min-w-0">
        <DriverTable
          change={change}
          groupBy={state.groupBy}
          groupText={groupText(state).toLowerCase()}
          onFilter={(key) => state.narrow(narrowTo(state.narrowed, state.groupBy, state.tagKey, key))}
        />
      </div>
    </div>
  );
}

const ROWS = ['w-20', 'w-24', 'w-16', 'w-24', 'w-20', 'w-16'];

function ChangeSkeleton() {
  return (
    <div className="grid grid-cols-1 gap-x-12 gap-y-6 xl:grid-cols-2" aria-busy>
      {[0, 1].map((side) => (
        <div key={side} className="flex flex-col">
          {ROWS.map((width, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: the places never move
            <span key={index} className="flex h-9 items-center justify-between">
              <Skeleton className={width} />
              <Skeleton className="w-16" />
            </span>
          ))}
        </div>
      ))}
    </div>
  );
}
