'use client';
import { ChevronDown, ChevronUp, X } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { Button } from '@/components/ui/button';
import { ErrorState } from '@/components/ui/error-state';
import { IconButton } from '@/components/ui/icon-button';
import { Skeleton } from '@/components/ui/skeleton';
import { plural } from '@/format';
import { visible } from '../../visible';
import { type BodyFacts, bodyText, isKept } from '../body-state';
import { SidePicker } from './side-picker';
import { StepView } from './steps';
import { useComparison } from './use-comparison';

interface PromptDiffViewProps {
  conversationId: string;
  beforeId: string;
  afterId: string;
  onPick: (beforeId: string, afterId: string) => void;
  onClose: () => void;
}

/** What another turn was asked with: its messages, instructions, tools and parameters, as they differ. */
export function PromptDiffView({ conversationId, beforeId, afterId, onPick, onClose }: PromptDiffViewProps) {
  const compared = useComparison(conversationId, beforeId, afterId);
  const { prompts, parameters, sections, messages, areMessagesThere, leftOut, problem, retry } = compared;
  const list = useRef<HTMLDivElement>(null);
  const step = (by: 1 | -1) => stepThrough(list.current, by);
  useKeys(step, onClose);
  const changes =
    sections.reduce((sum, { steps }) => sum + steps.filter(({ kind }) => kind !== 'same').length, 0) +
    (parameters?.length ?? 0);
  return (
    <section aria-label="Comparison of prompts" className="border-t border-line pt-3">
      <div className="-mt-3 mb-3 flex flex-wrap items-center gap-x-4 gap-y-2 border-b border-line bg-canvas py-2 sm:sticky sm:top-0 sm:z-10">
        <SidePicker label="Before" eventId={beforeId} onPick={(picked) => onPick(picked, afterId)} />
        <SidePicker label="After" eventId={afterId} onPick={(picked) => onPick(beforeId, picked)} />
        <span className="ml-auto flex items-center gap-1">
          <span role="status" className="figures text-caption text-ink-2">
            {prompts && !problem && (changes === 0 ? 'The prompts are the same' : plural(changes, 'change'))}
          </span>
          <IconButton
            size="sm"
            label="Previous change"
            keys={['p']}
            icon={<ChevronUp aria-hidden />}
            onClick={() => step(-1)}
          />
          <IconButton
            size="sm"
            label="Next change"
            keys={['n']}
            icon={<ChevronDown aria-hidden />}
            onClick={() => step(1)}
          />
          <Button size="sm" icon={<X aria-hidden />} onClick={onClose}>
            Close
          </Button>
        </span>
      </div>
      {problem && <ErrorState title="The prompts could not be compared" problem={problem} onRetry={retry} />}
      {!prompts && !problem && <Skeleton className="h-40 w-full" />}
      {prompts && (!prompts.before || !prompts.after) && (
        <p className="text-ink-2">One of these turns is not stored any more.</p>
      )}
      <div ref={list} className="flex flex-col gap-5">
        {prompts?.before && prompts.after && (
          <Parameters parameters={parameters} requests={[prompts.before.request, prompts.after.request]} />
        )}
        {sections.map(({ title, steps }) => (
          <section key={title} aria-label={title} className="flex flex-col gap-2">
            <h2 className="text-section font-semibold">{title}</h2>
            {steps.length === 0 && <p className="text-caption text-ink-3">None in either.</p>}
            {steps.map((one, index) => (
              <StepView
                // biome-ignore lint/suspicious/noArrayIndexKey: the steps between two prompts do not change.
                key={`${beforeId} ${afterId} ${index}`}
                {...{ conversationId, messages, areMessagesThere }}
                step={one}
                noun={title === 'Messages' ? 'message' : 'text'}
              />
            ))}
          </section>
        ))}
        {leftOut > 0 && (
          <p className="text-caption text-ink-3">{plural(leftOut, 'further message')} differ and are not shown.</p>
        )}
      </div>
    </section>
  );
}

interface ParametersProps {
  parameters: readonly { name: string; before: string | null; after: string | null }[] | null;
  requests: readonly BodyFacts[];
}

function Parameters({ parameters, requests }: ParametersProps) {
  const missing = requests.find((request) => !isKept(request));
  return (
    <section aria-label="Parameters" className="flex flex-col gap-2">
      <h2 className="text-section font-semibold">Parameters</h2>
      {parameters === null && (
        <p className="text-caption text-ink-3">
          Not known: {missing ? bodyText(missing) : 'one of the requests is not kept as whole JSON.'}
        </p>
      )}
      {parameters?.length === 0 && <p className="text-caption text-ink-3">The same.</p>}
      {parameters?.map(({ name, before, after }) => (
        <div
          key={name}
          data-change
          tabIndex={-1}
          className="flex flex-wrap gap-x-3 border-l-2 border-amber pl-3 font-mono text-caption"
        >
          <span className="text-ink-2">{visible(name)}</span>
          {before !== null && <del className="bg-red-soft line-through decoration-red">{visible(before)}</del>}
          {after !== null && <ins className="bg-green-soft underline decoration-green">{visible(after)}</ins>}
        </div>
      ))}
    </section>
  );
}

/** The change after the one that has the focus, or before it. */
function stepThrough(list: HTMLElement | null, by: 1 | -1): void {
  const changes = Array.from(list?.querySelectorAll<HTMLElement>('[data-change]') ?? []);
  const at = changes.indexOf(document.activeElement as HTMLElement);
  const next = changes[at < 0 ? (by === 1 ? 0 : changes.length - 1) : (at + by + changes.length) % changes.length];
  next?.focus({ preventScroll: true });
  next?.scrollIntoView({ block: 'center' });
}

function useKeys(step: (by: 1 | -1) => void, onClose: () => void): void {
  const current = useRef({ step, onClose });
  current.current = { step, onClose };
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      const isTyping = event.target instanceof HTMLInputElement;
      if (isTyping || event.metaKey || event.ctrlKey || event.altKey || event.defaultPrevented) return;
      if (event.key === 'n') current.current.step(1);
      else if (event.key === 'p') current.current.step(-1);
      else if (event.key === 'Escape') current.current.onClose();
    };
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, []);
}
