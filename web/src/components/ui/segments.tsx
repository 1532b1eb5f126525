'use client';
import type { ReactNode } from 'react';
import { cn } from './cn';

interface SegmentsProps<Value extends string> {
  label: string;
  value: Value;
  onChange: (value: Value) => void;
  options: readonly { readonly value: Value; readonly label: ReactNode }[];
  size?: 'md' | 'sm';
}

/** Two to five exclusive choices side by side: an interval, a unit, a theme. */
export function Segments<Value extends string>({ label, value, onChange, options, size = 'sm' }: SegmentsProps<Value>) {
  return (
    <fieldset className="inline-flex max-w-full flex-wrap rounded-md border border-line-2 p-0.5">
      <legend className="sr-only">{label}</legend>
      {options.map((option) => (
        <button
          key={option.value}
          type="button"
          aria-pressed={option.value === value}
          onClick={() => onChange(option.value)}
          className={cn(
            'rounded-sm px-2.5 text-table whitespace-nowrap text-ink-2 hover:text-ink aria-pressed:bg-pressed aria-pressed:text-ink',
            // Colours that are forced leave no ground to tell the chosen one by.
            'forced-colors:aria-pressed:bg-[Highlight] forced-colors:aria-pressed:text-[HighlightText] forced-colors:aria-pressed:forced-color-adjust-none',
            size === 'sm' ? 'h-6' : 'h-7',
          )}
        >
          {option.label}
        </button>
      ))}
    </fieldset>
  );
}
