'use client';
import { Minus, Pencil, Plus } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button } from '@/components/ui/button';
import { cn } from '@/components/ui/cn';
import { ProblemNote } from '@/components/ui/error-state';
import { Skeleton } from '@/components/ui/skeleton';
import { bytes, plural } from '@/format';
import { LongText } from '../long-text';
import { ChangedText } from './changed-text';
import { messageText } from './message-text';
import type { PromptStep } from './prompt-diff';
import type { ComparedMessage } from './use-comparison';
import { useWholeMessages } from './use-whole-messages';

const KINDS = {
  added: { label: 'Added', icon: Plus, style: 'border-green', color: 'text-green' },
  removed: { label: 'Removed', icon: Minus, style: 'border-red', color: 'text-red' },
  changed: { label: 'Changed', icon: Pencil, style: 'border-amber', color: 'text-amber' },
} as const;

interface StepViewProps {
  conversationId: string;
  step: PromptStep;
  noun: string;
  messages: ReadonlyMap<string, ComparedMessage>;
  areMessagesThere: boolean;
}

/** What became of a message: that it stayed, came, went, or what changed in it. */
export function StepView({ conversationId, step, noun, messages, areMessagesThere }: StepViewProps) {
  if (step.kind === 'same') {
    return (
      <p className="border-l-2 border-line py-1 pl-3 text-caption text-ink-3">
        {noun === 'message' ? `${plural(step.count, 'message')} the same` : 'The same'}
      </p>
    );
  }
  const ids = step.kind === 'changed' ? [step.before, step.after] : [step.id];
  const { label, icon: Icon, style, color } = KINDS[step.kind];
  const role = messages.get(ids.at(-1) ?? '')?.role;
  return (
    <article data-change tabIndex={-1} aria-label={label} className={cn('border-l-2 py-1 pl-3', style)}>
      <div className={cn('mb-1 flex items-center gap-1.5 text-caption font-medium', color)}>
        <Icon aria-hidden className="size-3.5" />
        {label}
        {noun === 'message' && role && <span className="font-normal text-ink-3">{role}</span>}
      </div>
      <Said conversationId={conversationId} ids={ids} messages={messages} areThere={areMessagesThere}>
        {(texts) =>
          texts.length === 2 ? (
            <ChangedText before={texts[0] ?? ''} after={texts[1] ?? ''} />
          ) : (
            <LongText label={label} text={texts[0] ?? ''} mono />
          )
        }
      </Said>
    </article>
  );
}

interface SaidProps {
  conversationId: string;
  ids: readonly string[];
  messages: ReadonlyMap<string, ComparedMessage>;
  areThere: boolean;
  children: (texts: readonly string[]) => ReactNode;
}

function Said({ conversationId, ids, messages, areThere, children }: SaidProps) {
  const known = ids.map((id) => messages.get(id));
  const isLarge = known.some((message) => message?.json === null);
  const whole = useWholeMessages(conversationId, ids);
  if (!areThere) return <Skeleton className="h-12 w-full" />;
  if (known.some((message) => message === undefined)) {
    return (
      <p className="text-table text-ink-3">Its text is not stored any more, or there are too many changes to show.</p>
    );
  }
  if (!isLarge) return children(known.map((message) => messageText(message?.json ?? '')));
  if (whole.texts) return children(whole.texts.map(messageText));
  return (
    <div className="flex flex-col items-start gap-2">
      {whole.problem && <ProblemNote problem={whole.problem} />}
      <Button size="sm" loading={whole.isLoading} onClick={whole.load}>
        Show {bytes(known.reduce((sum, message) => sum + (message?.bytes ?? 0), 0))}
      </Button>
    </div>
  );
}
