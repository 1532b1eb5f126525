import type { ReactNode } from 'react';
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

/** Before, after and difference; once booked, each with the previewed figure beneath. */
export function DifferenceFigures({ preview, booked }: DifferenceFiguresProps) {
  const difference = booked ?? preview;
  const isShown = ({ isRare, exact }: FigureRule) =>
    !isRare || [preview, booked].some((known) => known !== null && exact(known) !== 0);
  return (
    <section aria-label={booked ? 'Booked difference' : 'Previewed difference'} className="mb-8">
      <dl className="flex flex-wrap gap-x-10 gap-y-4 border-b border-line pb-5">
        {FIGURES.filter(isShown).map(({ label, shown, exact }, index) => (
          <div key={label} className="min-w-20">
            <dt className="text-table text-ink-3">{label}</dt>
            <dd
              className={index < 3 ? 'mt-0.5 h-7 text-title font-semibold tracking-[-0.01em]' : 'mt-0.5 h-7 text-title'}
            >
              {difference ? shown(difference) : <Skeleton className="h-6 w-20" />}
            </dd>
            {booked && preview && (
              <dd className="mt-0.5 text-caption text-ink-3">
                {exact(booked) === exact(preview) ? (
                  <>previewed {shown(preview)}</>
                ) : (
                  <span className="text-amber">previewed otherwise: {shown(preview)}</span>
                )}
              </dd>
            )}
          </div>
        ))}
      </dl>
    </section>
  );
}
