import type { ReactNode } from 'react';
import type { Problem } from '@/graphql/problem';
import { Button } from './button';
import { ProblemNote } from './error-state';

interface FormFooterProps {
  submitLabel: string;
  /** Named beside the disabled button: "Still needed: name, API key". */
  missing: readonly string[];
  running?: boolean;
  problem?: Problem | null;
  onCancel?: () => void;
  children?: ReactNode;
}

/** The end of a form, inside its `<form>`: what went wrong, what is missing, and the button that submits. */
export function FormFooter({ submitLabel, missing, running = false, problem, onCancel, children }: FormFooterProps) {
  return (
    <div className="flex flex-col gap-3">
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
