'use client';
import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { count } from '@/format';
import { type GapSpans, isShown, keyOfSpan } from './span';
import { SpanRow } from './span-row';

const SHOWN = 20;
const MORE = 100;

interface SpanStepsProps {
  conversationId: string;
  /** undefined = not known yet. */
  gap: GapSpans | undefined;
}

/** What an agent did between two turns. */
export function SpanSteps({ conversationId, gap }: SpanStepsProps) {
  const [limit, setLimit] = useState(SHOWN);
  const spans = gap?.spans.filter(isShown(conversationId)) ?? [];
  if (spans.length === 0) return null;
  const left = spans.length - limit;
  return (
    <section aria-label="Steps of the agent" className="mb-4 rounded-md bg-sunken px-3 py-2">
      <div className="mb-1 text-caption font-medium text-ink-3">Steps of the agent</div>
      <ol className="flex flex-col">
        {spans.slice(0, limit).map((span) => (
          <li key={keyOfSpan(span)}>
            <SpanRow span={span} />
          </li>
        ))}
      </ol>
      {left > 0 && (
        <Button size="sm" variant="ghost" className="mt-1" onClick={() => setLimit(limit + MORE)}>
          Show {count(Math.min(left, MORE))} more of {count(left)}
        </Button>
      )}
      {left <= 0 && gap?.hasMore && (
        <p className="mt-1 text-caption text-ink-3">
          There are more steps here than one screen shows; open their trace.
        </p>
      )}
    </section>
  );
}
