'use client';
import { ArrowRight } from 'lucide-react';
import { ProblemNote } from '@/components/ui/error-state';
import { SignedUsd } from '@/components/ui/figure';
import { Link } from '@/components/ui/link';
import { Section } from '@/components/ui/section';
import { Skeleton } from '@/components/ui/skeleton';
import { plural, usd } from '@/format';
import { usageHref } from '../../usage/href';
import { knownSpend } from '../../usage/known-spend';
import { MoverList } from './mover-list';
import type { Change } from './queries';
import type { Moved } from './use-movers';
import { daysText } from './week';
import { effectsText, hasMoved, stayedText } from './wording';

/** What changed most against the week before, and why; each line leads to the figures that show it. */
export function Movers({ moved: { weeks, loaded } }: { moved: Moved }) {
  const { data, problem } = loaded;
  const hrefOf = (shown: object) => usageHref({ range: weeks.after, compare: true, ...shown });
  return (
    <Section
      title="What changed"
      description={
        <span className="text-table text-ink-3">
          {daysText(weeks.after)} against {daysText(weeks.before)}, whole days in UTC
        </span>
      }
      actions={
        <Link
          href={hrefOf({ groupBy: 'provider' })}
          className="inline-flex min-h-6 items-center gap-1 rounded-sm text-table text-accent hover:underline"
        >
          Compare in Cost &amp; Usage
          <ArrowRight aria-hidden className="size-3.5" />
        </Link>
      }
    >
      {problem && !data && <ProblemNote problem={problem} />}
      {!data && !problem && <Skeleton className="w-64" />}
      {data && <Whole change={data.providers} />}
      {data && isAnything(data.providers) && (
        <div className="mt-3 grid grid-cols-1 gap-x-12 gap-y-5 lg:grid-cols-3">
          <MoverList
            title="Providers"
            movers={data.providers.drivers}
            hrefOf={(key) => hrefOf({ groupBy: 'model', providers: [key] })}
          />
          <MoverList
            title="Models"
            movers={data.models.drivers}
            hrefOf={(key) => hrefOf({ groupBy: 'app', models: [key] })}
          />
          <MoverList
            title="Apps"
            movers={data.apps.drivers}
            hrefOf={(key) => hrefOf({ groupBy: 'model', apps: [key] })}
          />
        </div>
      )}
    </Section>
  );
}

const isAnything = ({ before, after }: Change) => before.calls > 0 || after.calls > 0;

function Whole({ change }: { change: Change }) {
  if (!isAnything(change)) return <p className="text-table text-ink-3">No call in either week.</p>;
  const because = effectsText(change.effects);
  const unpriced = change.before.unpricedCalls + change.after.unpricedCalls;
  return (
    <p className="max-w-[960px]">
      {hasMoved(change) ? (
        <>
          Spend went from {usd(knownSpend(change.before))} to {usd(knownSpend(change.after))}:{' '}
          <SignedUsd amount={change.difference} className="font-semibold" />
        </>
      ) : (
        stayedText(change.after)
      )}
      {because !== '' && (
        <span className="text-ink-2" title={change.method}>
          {' '}
          ({because})
        </span>
      )}
      .
      {unpriced > 0 && (
        <span className="text-amber"> {plural(unpriced, 'call')} of both weeks in no sum: unpriced.</span>
      )}
    </p>
  );
}
