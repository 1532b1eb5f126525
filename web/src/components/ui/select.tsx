'use client';
import { ChevronsUpDown } from 'lucide-react';
import { lazy, type ReactNode, Suspense } from 'react';
import { cn } from './cn';
import { selectTriggerStyle } from './select-trigger';
import { useIntent } from './use-intent';

export interface Option<Value extends string = string> {
  readonly value: Value;
  readonly label: string;
  /** A quiet second line. */
  readonly hint?: string;
  readonly disabled?: boolean;
}

export interface SelectProps<Value extends string> {
  value: Value | null;
  onChange: (value: Value) => void;
  options: readonly Option<Value>[];
  placeholder?: string;
  disabled?: boolean;
  id?: string;
  /** Wanted where no `Field` labels it. */
  'aria-label'?: string;
  'aria-describedby'?: string | undefined;
  'aria-invalid'?: boolean | undefined;
  onBlur?: () => void;
  icon?: ReactNode;
  size?: 'md' | 'sm';
  className?: string;
}

const load = () => import('./select-popup');
const SelectPopup = lazy(() => load().then(({ SelectPopup }) => ({ default: SelectPopup }))) as <Value extends string>(
  props: SelectProps<Value>,
) => ReactNode;

/** One of a few. Beyond about fifteen options use `Combobox`. */
export function Select<Value extends string>(props: SelectProps<Value>) {
  const { wanted, triggerProps } = useIntent(load, 'listbox');
  const closed = <ClosedSelect props={props} triggerProps={triggerProps} />;
  if (!wanted) return closed;
  return (
    <Suspense fallback={closed}>
      <SelectPopup {...props} />
    </Suspense>
  );
}

interface ClosedSelectProps<Value extends string> {
  props: SelectProps<Value>;
  triggerProps: ReturnType<typeof useIntent>['triggerProps'];
}

function ClosedSelect<Value extends string>({ props, triggerProps }: ClosedSelectProps<Value>) {
  const { value, onChange: _, options, placeholder = 'Choose', icon, size, className, ...rest } = props;
  const chosen = options.find((option) => option.value === value);
  return (
    <button
      type="button"
      role="combobox"
      {...rest}
      {...triggerProps}
      aria-expanded={false}
      className={cn(selectTriggerStyle, size === 'sm' ? 'h-7 text-table' : 'h-8', className)}
    >
      {icon}
      <span className={cn('min-w-0 flex-1 truncate', !chosen && 'text-ink-3')}>{chosen?.label ?? placeholder}</span>
      <ChevronsUpDown aria-hidden className="!size-3.5" />
    </button>
  );
}
