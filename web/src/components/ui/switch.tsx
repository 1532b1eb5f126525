'use client';
import { Switch as Base } from '@base-ui/react/switch';
import { type ReactNode, useId } from 'react';

interface SwitchProps {
  checked: boolean;
  onChange: (checked: boolean) => void;
  label?: ReactNode;
  description?: ReactNode;
  'aria-label'?: string;
  disabled?: boolean;
}

/** Something that is on or off from the moment it is switched. */
export function Switch({ checked, onChange, label, description, disabled, ...rest }: SwitchProps) {
  const id = useId();
  const control = (
    <Base.Root
      id={id}
      checked={checked}
      onCheckedChange={onChange}
      disabled={disabled}
      aria-label={rest['aria-label']}
      aria-describedby={description ? `${id}-description` : undefined}
      className="relative inline-flex h-[18px] w-8 shrink-0 items-center rounded-full border border-edge bg-sunken data-checked:border-accent data-checked:bg-accent data-disabled:opacity-50"
    >
      <Base.Thumb className="block size-3 translate-x-[2px] rounded-full bg-ink-3 transition-transform duration-100 data-checked:translate-x-[16px] data-checked:bg-on-accent" />
    </Base.Root>
  );
  if (!label) return control;
  return (
    <span className="flex items-start gap-2.5">
      <span className="flex h-5 items-center">{control}</span>
      <span>
        <label htmlFor={id} className="block font-medium">
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
