'use client';
import Link from 'next/link';
import { RelativeTime } from '@/components/ui/relative-time';
import { plural } from '@/format';
import { useData } from '@/graphql/use-data';
import { visible } from '../visible';
import { AGENT_TRACES } from './queries';

/** What agents told under an id: leads to the conversation of their calls, else to the steps alone. */
export function FoundTraces({ search }: { search: string | undefined }) {
  const id = search?.trim() ?? '';
  // Words are looked for in what was said; an id has no spaces.
  const { data } = useData(AGENT_TRACES, { id }, { pause: id === '' || /\s/.test(id), lists: ['AgentTrace'] });
  const traces = id === '' ? [] : (data?.agentTraces ?? []);
  if (traces.length === 0) return null;
  return (
    <section aria-label="Traces of agents" className="mb-4 border-y border-line py-2">
      <h2 className="mb-1 text-caption font-medium text-ink-3">Traces of agents with this id</h2>
      <ul className="flex flex-col gap-1 text-table">
        {traces.map((trace) => (
          <li key={`${trace.traceId} ${trace.app}`} className="flex flex-wrap items-center gap-x-3">
            <Link
              href={
                trace.conversationId ? `/transcripts/${trace.conversationId}` : `/transcripts/traces/${trace.traceId}`
              }
              className="min-w-0 truncate rounded-sm text-accent hover:underline"
            >
              {visible(trace.name) || trace.traceId}
            </Link>
            <span className="text-caption text-ink-2">
              {visible(trace.service ?? trace.app)}, {plural(trace.spans, 'step')}
              {trace.failedSpans > 0 && `, ${trace.failedSpans} failed`}
              {trace.conversationId === null && ', no recorded call'}
            </span>
            <RelativeTime at={trace.startedAt} className="ml-auto text-caption text-ink-3" />
          </li>
        ))}
      </ul>
    </section>
  );
}
