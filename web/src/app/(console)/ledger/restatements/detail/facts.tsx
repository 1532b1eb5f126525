import type { ReactNode } from 'react';
import { Link } from '@/components/ui/link';
import { RelativeTime } from '@/components/ui/relative-time';
import { Facts } from '@/components/ui/section';
import { exactTime, minuteTime } from '@/format';
import { restatementHref } from '../../href';
import type { Restatement } from '../queries';

/** What, why, who and when. */
export function FactsOfRestatement({ restatement }: { restatement: Restatement }) {
  const { from, to, filter, reason, requestedBy, requestedAt, bookedBy, bookedAt, knownAt } = restatement;
  const { reverses, reversedBy } = restatement;
  const facts: { label: string; value: ReactNode }[] = [
    {
      label: 'Range',
      value: (
        <span className="figures">
          from {minuteTime(from)}
          <br />
          before {minuteTime(to)}
        </span>
      ),
    },
    { label: 'Calls', value: <FilterText filter={filter} /> },
    { label: 'Why', value: reason },
    { label: 'Asked for', value: <By who={requestedBy} at={requestedAt} /> },
    ...(knownAt ? [{ label: 'Prices as known', value: <span className="figures">{exactTime(knownAt)}</span> }] : []),
    ...(bookedAt ? [{ label: 'Booked', value: <By who={bookedBy ?? ''} at={bookedAt} /> }] : []),
    ...(reverses ? [{ label: 'Reverses', value: <Reference to={reverses} /> }] : []),
    ...(reversedBy?.state === 'BOOKED' ? [{ label: 'Reversed by', value: <Reference to={reversedBy} /> }] : []),
  ];
  return <Facts className="text-table" facts={facts} />;
}

function By({ who, at }: { who: string; at: string }) {
  return (
    <>
      {who}, <RelativeTime at={at} className="text-ink-2" />
    </>
  );
}

function Reference({ to }: { to: { id: string; number: number } }) {
  return (
    <Link href={restatementHref(to.id)} className="text-accent hover:underline">
      Restatement #{to.number}
    </Link>
  );
}

const LISTS = [
  ['providers', 'Provider'],
  ['models', 'Model'],
  ['apps', 'App'],
  ['environments', 'Environment'],
] as const;

function FilterText({ filter }: { filter: Restatement['filter'] }) {
  const lists = LISTS.filter(([name]) => filter[name].length > 0);
  if (lists.length === 0 && !filter.unpricedOnly) return 'Every call in range';
  return (
    <ul>
      {lists.map(([name, label]) => (
        <li key={name}>
          <span className="text-ink-3">{label}</span>{' '}
          <span className="font-mono text-caption">{filter[name].join(', ')}</span>
        </li>
      ))}
      {filter.unpricedOnly && <li>Only calls without a price</li>}
    </ul>
  );
}
