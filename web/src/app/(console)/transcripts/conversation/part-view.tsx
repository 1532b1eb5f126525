'use client';
import { ChevronRight, Image as Picture, Wrench } from 'lucide-react';
import { type ReactNode, useEffect, useState } from 'react';
import { Duration } from '@/components/ui/figure';
import { Status } from '@/components/ui/status';
import { visible } from '../visible';
import { useIsFound } from './find/use-marks';
import { LongText } from './long-text';
import type { SaidPart } from './parts';
import { SaidText } from './said-text';
import type { ToolAnswer } from './tools';

interface PartViewProps {
  part: SaidPart;
  answers: ReadonlyMap<string, ToolAnswer>;
}

/** One part of a message: nothing of it is HTML, and nothing is fetched for it. */
export function PartView({ part, answers }: PartViewProps) {
  switch (part.kind) {
    case 'text':
      return <SaidText label="Text" text={part.text} />;
    case 'reasoning':
      return (
        <Folded summary="Reasoning" note={part.note} holds={part.text}>
          <SaidText label="Reasoning" text={part.text === '' ? 'Nothing of it was sent in the clear.' : part.text} />
        </Folded>
      );
    case 'refusal':
      return (
        <div className="border-l-2 border-amber pl-3">
          <div className="text-caption font-medium text-amber">Refusal</div>
          <SaidText label="Refusal" text={part.text} />
        </div>
      );
    case 'tool_call':
      return <ToolCall part={part} answer={part.id === null ? undefined : answers.get(part.id)} />;
    case 'tool_response':
      return <ToolAnswerView part={part} />;
    case 'media':
      return (
        <div className="flex items-start gap-2 text-table text-ink-2">
          <Picture aria-hidden className="mt-0.5 size-4 shrink-0 text-ink-3" />
          <span className="min-w-0 font-mono text-caption break-all whitespace-pre-wrap">{visible(part.text)}</span>
        </div>
      );
    default:
      return (
        <Folded summary={visible(part.name)} holds={part.text}>
          <LongText label={part.name} text={part.text} mono />
        </Folded>
      );
  }
}

interface FoldedProps {
  summary: string;
  note?: string | null;
  /** Its text: where a word that is looked for stands in it, it is open. */
  holds: string;
  children: ReactNode;
}

export function Folded({ summary, note, holds, children }: FoldedProps) {
  const isFound = useIsFound(holds);
  const [isOpen, setOpen] = useState(isFound);
  useEffect(() => {
    if (isFound) setOpen(true);
  }, [isFound]);
  return (
    <details className="group/folded" open={isOpen} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary className="inline-flex cursor-pointer items-center gap-1 rounded-sm text-caption font-medium text-ink-2 hover:text-ink">
        <ChevronRight aria-hidden className="size-3.5 shrink-0 text-ink-3 group-open/folded:rotate-90" />
        {summary}
        {note && <span className="font-normal text-ink-3">{note}</span>}
      </summary>
      <div className="mt-1.5 ml-1.5 border-l-2 border-line pl-3 text-ink-2">{isOpen && children}</div>
    </details>
  );
}

function ToolCall({
  part,
  answer,
}: {
  part: Extract<SaidPart, { kind: 'tool_call' }>;
  answer: ToolAnswer | undefined;
}) {
  return (
    <div className="rounded-md border border-line">
      <div className="flex flex-wrap items-center gap-x-2 gap-y-0.5 border-b border-line bg-sunken px-3 py-1.5">
        <Wrench aria-hidden className="size-3.5 text-ink-3" />
        <span className="font-mono text-table font-medium break-all">{visible(part.name)}</span>
        {part.note && <span className="text-caption text-ink-3">{part.note}</span>}
        {answer && (
          <span className="ml-auto flex items-center gap-3 text-caption text-ink-2">
            {answer.afterMs !== null && (
              <span title="Inferred: from the end of this answer to the start of the turn that brought the result">
                ≈ <Duration ms={answer.afterMs} />
              </span>
            )}
            <Status
              state={answer.part.isError ? 'failed' : 'completed'}
              label={answer.part.isError ? 'Failed' : 'Answered'}
            />
          </span>
        )}
      </div>
      <div className="px-3 py-2">
        <LongText label={`Arguments of ${part.name}`} text={part.text} mono />
      </div>
      {answer && (
        <div className="border-t border-line px-3 py-2">
          <div className="mb-1 text-caption text-ink-3">Result</div>
          <LongText label={`Result of ${part.name}`} text={answer.part.text} mono />
        </div>
      )}
    </div>
  );
}

function ToolAnswerView({ part }: { part: Extract<SaidPart, { kind: 'tool_response' }> }) {
  return (
    <div className="rounded-md border border-line">
      <div className="flex flex-wrap items-center gap-2 border-b border-line bg-sunken px-3 py-1.5 text-caption text-ink-2">
        <Wrench aria-hidden className="size-3.5 text-ink-3" />
        Result of <span className="font-mono break-all">{visible(part.name ?? part.id ?? 'a tool')}</span>
        <span className="ml-auto">
          <Status state={part.isError ? 'failed' : 'completed'} label={part.isError ? 'Failed' : 'Answered'} />
        </span>
      </div>
      <div className="px-3 py-2">
        <LongText label="Result of a tool" text={part.text} mono />
      </div>
    </div>
  );
}
