'use client';
import { Fragment, type RefObject } from 'react';
import { Button, ButtonLink } from '@/components/ui/button';
import { ProblemNote } from '@/components/ui/error-state';
import type { Problem } from '@/graphql/problem';
import type { Needed } from './needed';

interface SaveBarProps {
  form: RefObject<HTMLFormElement | null>;
  submitLabel: string;
  needed: readonly Needed[];
  /** In place of `needed`, where nothing in the form itself is wanting. */
  waiting?: string | null;
  running: boolean;
  problem: Problem | null;
  cancelHref?: string;
  onDiscard?: (() => void) | undefined;
}

/** The end of the provider form, always in view: what is still needed, each a way to its field, and the button. */
export function SaveBar(props: SaveBarProps) {
  const { form, submitLabel, needed, waiting = null, running, problem, cancelHref, onDiscard } = props;
  return (
    <div className="sticky bottom-0 z-20 -mx-4 mt-2 flex flex-col gap-3 border-t border-line bg-canvas px-4 py-3 sm:-mx-1 sm:px-1">
      {problem && <ProblemNote problem={problem} />}
      <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
        <span className="flex items-center gap-2">
          <Button type="submit" variant="primary" disabled={needed.length > 0 || waiting !== null} loading={running}>
            {submitLabel}
          </Button>
          {cancelHref && (
            <ButtonLink href={cancelHref} variant="ghost">
              Cancel
            </ButtonLink>
          )}
          {onDiscard && (
            <Button variant="ghost" onClick={onDiscard}>
              Discard changes
            </Button>
          )}
        </span>
        <span aria-live="polite" className="min-w-0 flex-1 basis-56 text-table text-ink-3">
          {waiting ?? (needed.length > 0 && <StillNeeded form={form} needed={needed} />)}
        </span>
      </div>
    </div>
  );
}

function StillNeeded({ form, needed }: Pick<SaveBarProps, 'form' | 'needed'>) {
  return (
    <>
      Still needed:{' '}
      {needed.map(({ field, label }, index) => (
        <Fragment key={field}>
          <button
            type="button"
            className="rounded-sm text-ink-2 underline decoration-line-2 underline-offset-3 hover:text-ink hover:decoration-ink-3"
            onClick={() => goTo(form.current, field)}
          >
            {label}
          </button>
          {index < needed.length - 1 && ', '}
        </Fragment>
      ))}
    </>
  );
}

/** Brings the field into the middle of the window and puts the focus on its control. */
function goTo(form: HTMLFormElement | null, field: string): void {
  const place = form?.querySelector(`[data-field="${CSS.escape(field)}"]`);
  place?.scrollIntoView({ block: 'center' });
  place
    ?.querySelector<HTMLElement>('input, textarea, select, [role="combobox"], button')
    ?.focus({ preventScroll: true });
}
