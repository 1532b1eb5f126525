'use client';
import { ChevronsUpDown } from 'lucide-react';
import { lazy, Suspense } from 'react';
import { cn } from './cn';
import type { ComboboxProps } from './combobox';
import { selectTriggerStyle } from './select-trigger';
import { useIntent } from './use-intent';

const load = () => import('./combobox-control');
const ComboboxControl = lazy(() => load().then(({ ComboboxControl }) => ({ default: ComboboxControl })));

/** A `Combobox` that is fetched when somebody goes to it: for pages on which most visits leave it alone. */
export function ComboboxOnDemand(props: ComboboxProps) {
  const { wanted, triggerProps } = useIntent(load, 'listbox');
  const { id, disabled, value, options, placeholder, mono, className } = props;
  const shown = options.find((option) => option.value === value)?.label ?? value;
  const closed = (
    <button
      type="button"
      role="combobox"
      id={id}
      disabled={disabled}
      aria-label={props['aria-label']}
      aria-describedby={props['aria-describedby']}
      aria-invalid={props['aria-invalid']}
      {...triggerProps}
      aria-expanded={false}
      className={cn(selectTriggerStyle, 'h-8 w-full', mono && 'font-mono text-table', className)}
    >
      <span className={cn('min-w-0 flex-1 truncate', shown === null && 'text-ink-3')}>{shown ?? placeholder}</span>
      <ChevronsUpDown aria-hidden className="!size-3.5" />
    </button>
  );
  if (!wanted) return closed;
  return (
    <Suspense fallback={closed}>
      <ComboboxControl {...props} startsOpen />
    </Suspense>
  );
}
