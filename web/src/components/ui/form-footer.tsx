import type { ReactNode } from 'react';
import type { Problem } from '@/graphql/problem';
import { Button } from './button';
import { cn } from './cn';
import { ProblemNote } from './error-state';

interface FormFooterProps {
  submitLabel: string;
  /** Named beside the disabled button: "Still needed: name, API key". */
  missing: readonly string[];
  running?: boolean;
  problem?: Problem | null;
  onCancel?: () => void;
  children?: ReactNode;
  /** In a dialog longer than its window: stays in sight at its lower edge, with this above the buttons. */
  pinned?: ReactNode;
}

/** The end of a form, inside its `<form>`: what went wrong, what is missing, and the button that submits. */
export function FormFooter(props: FormFooterProps) {
  const { submitLabel, missing, running = false, problem, onCancel, children, pinned } = props;
  return (
    <div
      className={cn(
        'flex flex-col gap-3',
        pinned && 'sticky -bottom-5 -mx-5 -mb-5 border-t border-line bg-raised px-5 py-3',
      )}
    >
      {pinned}
      {problem && <ProblemNote problem={problem} />}
      <div className="flex flex-wrap items-center gap-2">
        <Button type="submit" variant="primary" disabled={missing.length > 0} loading={running}>
          {submitLabel}
        </Button>
        {onCancel && (
          <Button variant="ghost" onClick={onCancel}>
            Cancel
          </Button>
        )}
        {children}
        <span aria-live="polite" className="text-table text-ink-3">
          {missing.length > 0 && `Still needed: ${missing.join(', ')}`}
        </span>
      </div>
    </div>
  );
}
