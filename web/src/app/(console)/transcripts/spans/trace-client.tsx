'use client';
import { useWindowVirtualizer } from '@tanstack/react-virtual';
import { useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react';
import { useClient } from 'urql';
import { PageHeader } from '@/components/page/page-header';
import { Button, ButtonLink } from '@/components/ui/button';
import { CopyId } from '@/components/ui/copy-button';
import { EmptyState } from '@/components/ui/empty-state';
import { ErrorState, ProblemNote } from '@/components/ui/error-state';
import { Skeleton } from '@/components/ui/skeleton';
import { type Problem, problemOf } from '@/graphql/problem';
import { visible } from '../visible';
import { TRACE_SPANS } from './queries';
import { keyOfSpan, type SpanPage } from './span';
import { SpanRow } from './span-row';

const CRUMBS = [{ label: 'Transcripts', href: '/transcripts' }];
const PAGE = 200;
const ROW_PX = 28;

/** The steps of an agent that none of the recorded calls leads to. */
export function Trace({ traceId }: { traceId: string }) {
  const { page, problem, more, isLoading } = useTrace(traceId);
  const list = useRef<HTMLOListElement>(null);
  const [marginPx, setMarginPx] = useState(0);
  useLayoutEffect(() => setMarginPx(list.current?.offsetTop ?? 0), []);
  const spans = page?.nodes ?? [];
  const virtualizer = useWindowVirtualizer({
    count: spans.length,
    estimateSize: () => ROW_PX,
    getItemKey: (index) => (spans[index] ? keyOfSpan(spans[index]) : index),
    scrollMargin: marginPx,
    overscan: 20,
  });
  const [root] = spans;
  const title = page && !root ? 'No such trace' : root ? visible(root.name) : problem ? 'Trace' : null;
  return (
    <>
      <PageHeader
        crumbs={CRUMBS}
        title={title ?? <Skeleton className="h-6 w-64" />}
        description={root && <CopyId value={traceId} label="Copy id of the trace" />}
      />
      {page && !root && (
        <EmptyState
          title="Nothing is kept under this id"
          action={<ButtonLink href="/transcripts">All conversations</ButtonLink>}
        >
          Its time to be kept has run out, it was deleted, or the address was mistyped.
        </EmptyState>
      )}
      {!page && problem && <ErrorState title="The trace could not be loaded" problem={problem} onRetry={more} />}
      {page?.isCut && (
        <p className="mb-2 text-table text-amber">There are more than 20,000 steps; the oldest are not shown.</p>
      )}
      <ol
        ref={list}
        aria-label="Steps of the agent"
        className="relative"
        style={{ height: virtualizer.getTotalSize() }}
      >
        {virtualizer.getVirtualItems().map((item) => {
          const span = spans[item.index];
          return (
            span && (
              <li
                key={item.key}
                ref={virtualizer.measureElement}
                data-index={item.index}
                className="absolute top-0 left-0 w-full"
                style={{ transform: `translateY(${item.start - virtualizer.options.scrollMargin}px)` }}
              >
                <SpanRow span={span} />
              </li>
            )
          );
        })}
      </ol>
      {page && problem && <ProblemNote problem={problem} />}
      {page?.hasNextPage && (
        <Button size="sm" className="mt-3" disabled={isLoading} onClick={more}>
          Show more steps
        </Button>
      )}
    </>
  );
}

function useTrace(traceId: string) {
  const client = useClient();
  const [page, setPage] = useState<SpanPage | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [isLoading, setLoading] = useState(true);
  const load = useCallback(
    async (before: SpanPage | null) => {
      setLoading(true);
      const after = before?.endCursor ?? null;
      const { data, error } = await client.query(TRACE_SPANS, { traceId, first: PAGE, after }).toPromise();
      if (data) setPage({ ...data.traceSpans, nodes: [...(before?.nodes ?? []), ...data.traceSpans.nodes] });
      setProblem(error ? problemOf(error) : null);
      setLoading(false);
    },
    [client, traceId],
  );
  useEffect(() => void load(null), [load]);
  return { page, problem, isLoading, more: () => void load(page) };
}
