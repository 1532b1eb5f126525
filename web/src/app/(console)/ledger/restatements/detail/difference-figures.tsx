import type { ReactNode } from 'react';
import { cn } from '@/components/ui/cn';
import { Count, SignedUsd, Usd } from '@/components/ui/figure';
import { Skeleton } from '@/components/ui/skeleton';
import type { Difference } from '../queries';

interface DifferenceFiguresProps {
  /** Both null: not known yet. */
  preview: Difference | null;
  booked: Difference | null;
}

interface FigureRule {
  readonly label: string;
  /** Left out while there is none of it. */
  readonly isRare?: boolean;
  readonly shown: (difference: Difference) => ReactNode;
  /** What decides whether the booked figure is the previewed one. */
  readonly exact: (difference: Difference) => string | number;
}

const FIGURES: readonly FigureRule[] = [
  { label: 'Before', shown: ({ before }) => <Usd amount={before} />, exact: ({ before }) => before },
  { label: 'After', shown: ({ after }) => <Usd amount={after} />, exact: ({ after }) => after },
  {
    label: 'Difference',
    shown: ({ difference }) => <SignedUsd amount={difference} />,
    exact: ({ difference }) => difference,
  },
  { label: 'Calls seen', shown: ({ eventsSeen }) => <Count value={eventsSeen} />, exact: (row) => row.eventsSeen },
  {
    label: 'Calls changed',
    shown: ({ eventsChanged }) => <Count value={eventsChanged} />,
    exact: (row) => row.eventsChanged,
  },
  {
    label: 'Newly priced',
    shown: ({ newlyPriced }) => <Count value={newlyPriced} />,
    exact: (row) => row.newlyPriced,
  },
  {
    label: 'Newly unpriced',
    isRare: true,
    shown: ({ newlyUnpriced }) => (
      <Count value={newlyUnpriced} className={newlyUnpriced > 0 ? 'text-amber' : undefined} />
    ),
    exact: (row) => row.newlyUnpriced,
  },
  {
    label: 'Restated since',
    isRare: true,
    shown: ({ restatedSince }) => <Count value={restatedSince} className="text-amber" />,
    exact: (row) => row.restatedSince,
  },
];

/** Before, after and difference; once booked, what was previewed otherwise stands beneath. */
export function DifferenceFigures({ preview, booked }: DifferenceFiguresProps) {
  const difference = booked ?? preview;
  const isShown = ({ isRare, exact }: FigureRule) =>
    !isRare || [preview, booked].some((known) => known !== null && exact(known) !== 0);
  const isOther = ({ exact }: FigureRule) => booked !== null && preview !== null && exact(booked) !== exact(preview);
  return (
    <section aria-label={booked ? 'Booked difference' : 'Previewed difference'} className="mb-8">
      <dl className="grid grid-cols-2 gap-x-10 gap-y-4 sm:flex sm:flex-wrap">
        {FIGURES.filter(isShown).map((rule, index) => (
          <div key={rule.label} className="min-w-20">
            <dt className="text-table text-ink-3">{rule.label}</dt>
            <dd className={cn('mt-0.5 h-7 text-title', index < 3 && 'font-semibold tracking-[-0.01em]')}>
              {difference ? rule.shown(difference) : <Skeleton className="h-6 w-20" />}
            </dd>
            {preview && isOther(rule) && (
              <dd className="mt-0.5 text-caption text-amber">previewed {rule.shown(preview)}</dd>
            )}
          </div>
        ))}
      </dl>
      <p className="mt-3 border-b border-line pb-5 text-caption text-ink-3">
        Sums of the calls that change, in USD.
        {booked &&
          preview &&
          (FIGURES.some(isOther) ? ' Booked otherwise than previewed.' : ' Booked as previewed, to the last digit.')}
      </p>
    </section>
  );
}
