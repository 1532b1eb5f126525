'use client';
import { ChevronLeft, ChevronRight } from 'lucide-react';
import { lazy, Suspense, useState } from 'react';
import { Button } from '@/components/ui/button';
import { Popover } from '@/components/ui/popover';
import { useData } from '@/graphql/use-data';
import { parseTag, printTag, tagFilters } from '../state/filters';
import { spanInput, type UsageState } from '../state/use-usage-state';
import { TAG_KEYS } from './queries';
import { TriggerButton } from './trigger-button';

const FacetList = lazy(() => import('./facet-list').then(({ FacetList }) => ({ default: FacetList })));

/** First the key, then its values. Values of one key are alternatives; different keys must all fit. */
export function TagButton({ state }: { state: UsageState }) {
  const { tags } = state.params;
  return (
    <Popover
      label="Filter by tag"
      className="w-[min(344px,calc(100vw-32px))] p-2"
      trigger={<TriggerButton label="Tag" chosen={tags.length} />}
    >
      <TagPanel state={state} />
    </Popover>
  );
}

function TagPanel({ state }: { state: UsageState }) {
  const { tags } = state.params;
  const [key, setKey] = useState<string | null>(null);
  const set = (texts: readonly string[]) => void state.setParams({ tags: texts.length > 0 ? [...texts] : null });
  const others = tags.filter((text) => parseTag(text)?.key !== key);
  const chosen = tagFilters(tags).find((tag) => tag.key === key)?.values ?? [];
  return (
    <>
      {key === null ? (
        <TagKeys state={state} onChoose={setKey} />
      ) : (
        <>
          <Button size="sm" variant="ghost" className="mb-1 -ml-0.5" onClick={() => setKey(null)}>
            <ChevronLeft aria-hidden />
            <span className="sr-only">All tags, now </span>
            {key}
          </Button>
          <Suspense fallback={<div className="h-44" />}>
            <FacetList
              state={state}
              dimension="tag"
              tagKey={key}
              chosen={chosen}
              onChange={(values) => set([...others, ...values.map((value) => printTag({ key, value }))])}
            />
          </Suspense>
        </>
      )}
      {tags.length > 0 && (
        <Button size="sm" variant="ghost" className="mt-1" onClick={() => set([])}>
          Clear
        </Button>
      )}
    </>
  );
}

function TagKeys({ state, onChoose }: { state: UsageState; onChoose: (key: string) => void }) {
  const { data, problem } = useData(TAG_KEYS, { range: spanInput(state.range), filter: state.filter });
  const set = tagFilters(state.params.tags);
  const keys = [...new Set([...set.map(({ key }) => key), ...(data?.usageTagKeys ?? [])])];
  if (problem && !data) return <p className="px-1 text-table text-red">{problem.message}</p>;
  if (!data) return <div className="h-32" aria-busy />;
  if (keys.length === 0) {
    return (
      <p className="px-1 py-1 text-table text-ink-2">
        No call in this range carries a tag. Apps set them with the header{' '}
        <code className="font-mono">x-weir-tags: team=search</code>.
      </p>
    );
  }
  return (
    <ul aria-label="Tags" className="flex max-h-80 flex-col overflow-y-auto">
      {keys.map((key) => (
        <li key={key}>
          <button
            type="button"
            onClick={() => onChoose(key)}
            className="focus-inside flex h-8 w-full items-center gap-2 rounded-md px-2 text-left text-table hover:bg-hover"
          >
            <span className="min-w-0 flex-1 truncate">{key}</span>
            <span className="figures text-caption text-accent">
              {set.find((tag) => tag.key === key)?.values.length ?? ''}
            </span>
            <ChevronRight aria-hidden className="size-3.5 text-ink-3" />
          </button>
        </li>
      ))}
    </ul>
  );
}
