'use client';
import { Radio } from '@base-ui/react/radio';
import { RadioGroup } from '@base-ui/react/radio-group';
import type { ReactNode } from 'react';
import { cn } from './cn';

interface RadioCard<Value extends string> {
  readonly value: Value;
  readonly label: string;
  readonly description?: ReactNode;
  readonly icon?: ReactNode;
  readonly disabled?: boolean;
}

interface RadioCardsProps<Value extends string> {
  /** Names the group for screen readers; `Field` gives the visible label. */
  label: string;
  value: Value | null;
  onChange: (value: Value) => void;
  options: readonly RadioCard<Value>[];
  columns?: 1 | 2 | 3;
  disabled?: boolean;
}

const COLUMNS = { 1: '', 2: 'sm:grid-cols-2', 3: 'sm:grid-cols-2 md:grid-cols-3' };

/** A choice whose options need a sentence each. */
export function RadioCards<Value extends string>({
  label,
  value,
  onChange,
  options,
  columns = 3,
  disabled,
}: RadioCardsProps<Value>) {
  return (
    <RadioGroup
      aria-label={label}
      value={value ?? ''}
      onValueChange={(next) => onChange(next as Value)}
      disabled={disabled}
      className={cn('grid gap-2', COLUMNS[columns])}
    >
      {options.map((option) => (
        // biome-ignore lint/a11y/noLabelWithoutControl: Radio.Root renders the input inside this label.
        <label
          key={option.value}
          className="flex items-start gap-2.5 rounded-md border border-line-2 p-3 hover:border-edge has-data-checked:border-accent has-data-checked:bg-accent-soft has-data-disabled:opacity-60"
        >
          <span className="flex h-5 items-center">
            <Radio.Root
              value={option.value}
              disabled={option.disabled}
              className="flex size-4 shrink-0 items-center justify-center rounded-full border border-edge bg-canvas data-checked:border-accent"
            >
              <Radio.Indicator className="size-2 rounded-full bg-accent" />
            </Radio.Root>
          </span>
          <span className="min-w-0">
            <span className="flex items-center gap-1.5 font-medium [&_svg]:size-4">
              {option.icon}
              {option.label}
            </span>
            {option.description && <span className="mt-0.5 block text-table text-ink-2">{option.description}</span>}
          </span>
        </label>
      ))}
    </RadioGroup>
  );
}
