'use client';
import { useState } from 'react';
import { Checkbox } from '@/components/ui/checkbox';
import { Count, Usd } from '@/components/ui/figure';
import { Input } from '@/components/ui/input';
import { Skeleton } from '@/components/ui/skeleton';
import { useData } from '@/graphql/use-data';
import { useSettled } from '../../providers/models/use-settled';
import { GROUP_LABELS, type Group, valueLabel } from '../state/filters';
import { spanInput, type UsageState } from '../state/use-usage-state';
import { FACETS } from './queries';

interface FacetListProps {
  state: UsageState;
  dimension: Group;
  /** Wanted where the dimension is a tag. */
  tagKey?: string;
  chosen: readonly string[];
  onChange: (chosen: string[]) => void;
}

const LISTED = 100;
const SEARCH_QUIET_MS = 200;
const SKELETON_ROWS = ['w-32', 'w-24', 'w-40', 'w-28'];

/** The values of one dimension that fit everything else that is filtered, ticked in a list and found by typing. */
export function FacetList({ state, dimension, tagKey, chosen, onChange }: FacetListProps) {
  const [typed, setTyped] = useState('');
  const search = useSettled(typed.trim(), SEARCH_QUIET_MS);
  const { data, problem, stale } = useData(FACETS, {
    range: spanInput(state.range),
    filter: state.filter,
    dimension,
    ...(tagKey === undefined ? {} : { tagKey }),
    ...(search === '' ? {} : { search }),
    first: LISTED,
  });
  const name = tagKey ?? GROUP_LABELS[dimension].toLowerCase();
  const values = data?.usageFacets.values;
  const known = new Set(values?.map(({ key }) => key));
  const missing = search === '' && values ? chosen.filter((value) => !known.has(value)) : [];
  const toggle = (value: string, isChosen: boolean) =>
    onChange(isChosen ? [...chosen, value] : chosen.filter((other) => other !== value));
  return (
    <div aria-busy={stale} className="flex flex-col gap-2">
      <Input
        type="search"
        aria-label={`Search ${name}`}
        placeholder="Search"
        value={typed}
        onChange={(event) => setTyped(event.target.value)}
      />
      {problem && !values ? (
        <p className="px-1 text-table text-red">{problem.message}</p>
      ) : (
        <ul aria-label={`Values of ${name}`} className="flex max-h-80 min-h-9 flex-col overflow-y-auto py-0.5">
          {missing.map((value) => (
            <FacetRow
              key={value}
              label={valueLabel(dimension, value)}
              remark="none here"
              isChosen
              onToggle={(isChosen) => toggle(value, isChosen)}
            />
          ))}
          {values?.map((value) => (
            <FacetRow
              key={value.key}
              label={value.key === '' ? valueLabel(dimension, '') : value.label}
              remark={value.deleted ? 'deleted' : null}
              spend={value.spend}
              calls={value.calls}
              isChosen={chosen.includes(value.key)}
              onToggle={(isChosen) => toggle(value.key, isChosen)}
            />
          ))}
          {!values &&
            SKELETON_ROWS.map((width) => (
              <li key={width} className="flex h-8 items-center gap-2 px-1">
                <Skeleton className="size-4" />
                <Skeleton className={width} />
              </li>
            ))}
          {values && values.length + missing.length === 0 && (
            <li className="px-1 py-1.5 text-table text-ink-3">
              {search === '' ? 'Nothing here in this range.' : 'Nothing fits.'}
            </li>
          )}
        </ul>
      )}
      {data?.usageFacets.more && (
        <p className="px-1 text-caption text-ink-3">The {LISTED} with the biggest spend. Type to find the others.</p>
      )}
    </div>
  );
}

const isZero = (amount: string) => /^-?0(\.0*)?$/.test(amount);

interface FacetRowProps {
  label: string;
  remark: string | null;
  spend?: string;
  calls?: number;
  isChosen: boolean;
  onToggle: (isChosen: boolean) => void;
}

function FacetRow({ label, remark, spend, calls, isChosen, onToggle }: FacetRowProps) {
  return (
    <li className="flex items-center gap-3 rounded-md px-1 py-1 hover:bg-hover">
      <Checkbox
        className="min-w-0 flex-1 [&>span:last-child]:min-w-0 [&>span:last-child]:flex-1"
        checked={isChosen}
        onChange={onToggle}
        label={
          <span className="flex items-baseline gap-1.5 text-table" title={label}>
            <span className="truncate">{label}</span>
            {remark && <span className="text-caption text-ink-3">{remark}</span>}
          </span>
        }
      />
      {spend !== undefined && calls !== undefined && (
        <span className="flex shrink-0 items-baseline gap-2 text-caption text-ink-3">
          {/* Nothing but zero may be free, or have no price: which of both is not known here. */}
          {isZero(spend) && calls > 0 ? (
            <span title="No known spend">–</span>
          ) : (
            <Usd amount={spend} className="text-ink-2" />
          )}
          <span className="w-16 text-right">
            <Count value={calls} />
            <span className="sr-only"> calls</span>
          </span>
        </span>
      )}
    </li>
  );
}
