'use client';
import { lazy, Suspense } from 'react';
import { cn } from './cn';
import { controlStyle } from './input';
import type { Option } from './select';

export interface SharedProps {
  options: readonly Option[];
  placeholder?: string;
  disabled?: boolean;
  id?: string;
  'aria-label'?: string;
  'aria-describedby'?: string | undefined;
  'aria-invalid'?: boolean | undefined;
  onBlur?: () => void;
  /** Called as the person types; give it when the options come from a search. */
  onSearch?: (text: string) => void;
  /** Offers what was typed as an option of its own. */
  allowCustom?: boolean;
  /** What stands in the list when nothing fits. */
  emptyText?: string;
  mono?: boolean;
  className?: string;
}

export interface ComboboxProps extends SharedProps {
  value: string | null;
  onChange: (value: string | null) => void;
}

export interface MultiComboboxProps extends SharedProps {
  value: readonly string[];
  onChange: (value: string[]) => void;
}

const ComboboxControl = lazy(() =>
  import('./combobox-control').then(({ ComboboxControl }) => ({ default: ComboboxControl })),
);
const MultiComboboxControl = lazy(() =>
  import('./combobox-control').then(({ MultiComboboxControl }) => ({ default: MultiComboboxControl })),
);

/** One of many, found by typing. */
export function Combobox(props: ComboboxProps) {
  return (
    <Suspense fallback={<Placeholder className={props.className} />}>
      <ComboboxControl {...props} />
    </Suspense>
  );
}

/** Several of many; the chosen ones stand as chips before the text. */
export function MultiCombobox(props: MultiComboboxProps) {
  return (
    <Suspense fallback={<Placeholder className={props.className} />}>
      <MultiComboboxControl {...props} />
    </Suspense>
  );
}

function Placeholder({ className }: { className?: string | undefined }) {
  return <span aria-hidden className={cn('block h-8', controlStyle, className)} />;
}
