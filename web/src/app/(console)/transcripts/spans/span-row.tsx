'use client';
import { Bot, Brain, ChevronRight, Footprints, Globe, Search, Wrench } from 'lucide-react';
import Link from 'next/link';
import { useId, useState } from 'react';
import { cn } from '@/components/ui/cn';
import { Count, Duration } from '@/components/ui/figure';
import { Facts } from '@/components/ui/section';
import { Status } from '@/components/ui/status';
import { exactTime, plural } from '@/format';
import { visible } from '../visible';
import type { Span } from './span';

const CATEGORIES = {
  agent: { icon: Bot, label: 'Agent' },
  model: { icon: Brain, label: 'Request to a model' },
  tool: { icon: Wrench, label: 'Tool' },
  retrieval: { icon: Search, label: 'Retrieval' },
  http: { icon: Globe, label: 'HTTP request' },
  step: { icon: Footprints, label: 'Step' },
} as const;

const INDENT_PX = 16;
/** Deeper ones are told by their parent alone. */
const MAX_INDENTS = 8;

/** One step that an agent told of: a line, and all that is kept of it on demand. */
export function SpanRow({ span }: { span: Span }) {
  const [isOpen, setOpen] = useState(false);
  const details = useId();
  const { icon: Icon, label } = CATEGORIES[span.category];
  return (
    <div>
      <div
        className="flex min-h-7 flex-wrap items-center gap-x-2 gap-y-0.5 text-table"
        style={{ paddingLeft: Math.min(span.depth, MAX_INDENTS) * INDENT_PX }}
      >
        <button
          type="button"
          aria-expanded={isOpen}
          aria-controls={details}
          onClick={() => setOpen(!isOpen)}
          className="flex min-w-0 items-center gap-1.5 rounded-sm py-0.5 text-left text-ink-2 hover:text-ink"
        >
          <ChevronRight aria-hidden className={cn('size-3.5 shrink-0 text-ink-3', isOpen && 'rotate-90')} />
          <Icon aria-hidden className="size-3.5 shrink-0 text-ink-3" />
          <span className="sr-only">{label}: </span>
          <span className="truncate">{visible(span.name) || label}</span>
        </button>
        {span.status === 'error' && (
          <Status state="failed" label={span.errorType ?? 'Failed'} className="text-caption" />
        )}
        <Through span={span} />
        <span className="ml-auto text-caption text-ink-3">
          <Duration ms={span.durationMs} />
        </span>
      </div>
      {isOpen && (
        <div id={details} className="mt-1 mb-2 border-l-2 border-line pl-3">
          <SpanDetails span={span} />
        </div>
      )}
    </div>
  );
}

/** Where a request to a model went, and whose figures there are. */
function Through({ span: { calls, isElsewhere, inputTokens, outputTokens } }: { span: Span }) {
  const [call] = calls;
  if (call !== undefined) {
    const href =
      call.conversationId === null
        ? `/receipts/${call.eventId}`
        : `/transcripts/${call.conversationId}#turn-${call.eventId}`;
    return (
      <Link href={href} className="rounded-sm text-caption text-accent hover:underline">
        {call.conversationId === null ? 'call through Weir, not recorded' : 'turn of another conversation'}
      </Link>
    );
  }
  if (!isElsewhere) return null;
  return (
    <span className="text-caption text-ink-3" title="In no sum: Cost & Usage has calls through Weir alone">
      {(inputTokens !== null || outputTokens !== null) && (
        <>
          <Count value={inputTokens} /> in, <Count value={outputTokens} /> out,{' '}
        </>
      )}
      reported by the app, not through Weir
    </span>
  );
}

const mono = (text: string) => <span className="font-mono text-caption break-all">{visible(text)}</span>;

function SpanDetails({ span }: { span: Span }) {
  const named = ([label, value]: readonly [string, string | null]) =>
    value === null ? [] : [{ label, value: mono(value) }];
  return (
    <>
      <Facts
        className="text-table 2xl:grid-cols-[max-content_minmax(0,1fr)_max-content_minmax(0,1fr)]"
        facts={[
          { label: 'Started', value: <span className="figures">{exactTime(span.startedAt)}</span> },
          { label: 'Sent by', value: `${span.app}, ${span.environment}` },
          ...[['Service', span.service] as const, ['Agent', span.agent] as const].flatMap(named),
          ...[['Tool', span.tool] as const, ['Model', span.model] as const].flatMap(named),
          { label: 'Span', value: mono(span.spanId) },
          { label: 'Trace', value: mono(span.traceId) },
          ...span.attributes.map(({ name, value }) => ({ label: name, value: mono(value) })),
        ]}
      />
      {span.leftOut > 0 && (
        <p className="mt-2 text-caption text-ink-3">
          {plural(span.leftOut, 'attribute, event or link', 'attributes, events and links')} of it{' '}
          {span.leftOut === 1 ? 'is' : 'are'} not kept: they may hold what was said.
        </p>
      )}
    </>
  );
}
