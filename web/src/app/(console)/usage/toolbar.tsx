'use client';
import { Layers, X } from 'lucide-react';
import { Button } from '@/components/ui/button';
import { Select } from '@/components/ui/select';
import { useData } from '@/graphql/use-data';
import { FilterButton } from './filter-button';
import { USAGE_OPTIONS } from './queries';
import { RangePicker } from './range-picker';
import { FILTER_LABELS, FILTERS, type Filter, GROUP_LABELS, GROUPS } from './search-params';
import type { UsageState } from './use-usage';

type Options = Record<Filter, readonly { readonly value: string; readonly label: string }[]>;

function useOptions({ range }: UsageState): Options {
  const { data } = useData(USAGE_OPTIONS, { range: { from: range.from.toISOString(), to: range.to.toISOString() } });
  const named = (groups: readonly { key: string; label: string }[] | undefined) =>
    groups?.filter(({ key }) => key !== '').map(({ key, label }) => ({ value: key, label })) ?? [];
  return {
    providers: named(data?.byProvider),
    models: named(data?.byModel),
    apps: named(data?.byApp),
    environments: data?.environments.map(({ name }) => ({ value: name, label: name })) ?? [],
  };
}

/** Filters left, view options right, chips of what is filtered below. */
export function Toolbar({ usage }: { usage: UsageState }) {
  const { params, setParams } = usage;
  const options = useOptions(usage);
  const chips = FILTERS.flatMap((filter) =>
    params[filter].map((value) => ({
      filter,
      value,
      label: options[filter].find((option) => option.value === value)?.label ?? value,
    })),
  );
  const change = (filter: Filter, chosen: readonly string[]) =>
    void setParams({ [filter]: chosen.length === 0 ? null : [...chosen] });

  return (
    <div className="mb-6">
      <div className="flex flex-wrap items-center gap-2">
        {FILTERS.map((filter) => (
          <FilterButton
            key={filter}
            label={FILTER_LABELS[filter]}
            options={options[filter]}
            chosen={params[filter]}
            onChange={(chosen) => change(filter, chosen)}
          />
        ))}
        <span className="flex-1 max-sm:hidden" />
        <div className="flex flex-wrap gap-2 max-sm:w-full">
          <Select
            aria-label="Group by"
            icon={<Layers aria-hidden />}
            className="w-44 max-sm:flex-1"
            value={params.groupBy}
            onChange={(groupBy) => void setParams({ groupBy, hidden: null })}
            options={GROUPS.map((value) => ({ value, label: `By ${GROUP_LABELS[value].toLowerCase()}` }))}
          />
          <RangePicker usage={usage} />
        </div>
      </div>
      {chips.length > 0 && (
        <ul aria-label="Filters" className="mt-2 flex flex-wrap items-center gap-1.5">
          {chips.map(({ filter, value, label }) => (
            <li key={`${filter} ${value}`}>
              <button
                type="button"
                onClick={() =>
                  change(
                    filter,
                    params[filter].filter((other) => other !== value),
                  )
                }
                className="flex h-6 max-w-80 items-center gap-1 rounded-sm bg-accent-soft pr-1 pl-2 text-table text-ink hover:bg-pressed [&_svg]:size-3.5 [&_svg]:shrink-0 [&_svg]:text-ink-3"
              >
                <span className="text-ink-3">{FILTER_LABELS[filter]}</span> <span className="truncate">{label}</span>
                <span className="sr-only">, remove filter</span>
                <X aria-hidden />
              </button>
            </li>
          ))}
          <li>
            <Button
              size="sm"
              variant="ghost"
              onClick={() => void setParams(Object.fromEntries(FILTERS.map((name) => [name, null])))}
            >
              Clear all
            </Button>
          </li>
        </ul>
      )}
    </div>
  );
}
