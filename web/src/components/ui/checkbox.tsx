'use client';
import { Checkbox as Base } from '@base-ui/react/checkbox';
import { Check, Minus } from 'lucide-react';
import { type ReactNode, useId } from 'react';
import { cn } from './cn';

interface CheckboxProps {
  checked: boolean;
  onChange: (checked: boolean) => void;
  /** Visible label; give `aria-label` instead where the place says it. */
  label?: ReactNode;
  description?: ReactNode;
  'aria-label'?: string;
  indeterminate?: boolean;
  disabled?: boolean;
  className?: string;
}

export function Checkbox({
  checked,
  onChange,
  label,
  description,
  indeterminate = false,
  disabled,
  className,
  ...rest
}: CheckboxProps) {
  const id = useId();
  const box = (
    <Base.Root
      id={id}
      checked={checked}
      indeterminate={indeterminate}
      onCheckedChange={onChange}
      disabled={disabled}
      aria-label={rest['aria-label']}
      aria-describedby={description ? `${id}-description` : undefined}
      className="flex size-4 shrink-0 items-center justify-center rounded-sm border border-edge bg-canvas text-on-accent hover:border-ink-3 data-checked:border-accent data-checked:bg-accent data-disabled:opacity-50 data-indeterminate:border-accent data-indeterminate:bg-accent"
    >
      <Base.Indicator className="flex [&_svg]:size-3" keepMounted={false}>
        {indeterminate ? <Minus aria-hidden strokeWidth={3} /> : <Check aria-hidden strokeWidth={3} />}
      </Base.Indicator>
    </Base.Root>
  );
  if (!label) return box;
  return (
    <span className={cn('flex items-start gap-2', className)}>
      <span className="flex h-5 items-center">{box}</span>
      <span>
        <label htmlFor={id} className="block">
          {label}
        </label>
        {description && (
          <span id={`${id}-description`} className="block text-table text-ink-3">
            {description}
          </span>
        )}
      </span>
    </span>
  );
}
