'use client';
import { Tabs as Base } from '@base-ui/react/tabs';
import type { ReactNode } from 'react';
import { cn } from './cn';

interface Tab<Value extends string> {
  readonly value: Value;
  readonly label: ReactNode;
  readonly content?: ReactNode;
}

interface TabsProps<Value extends string> {
  label: string;
  value: Value;
  onChange: (value: Value) => void;
  tabs: readonly Tab<Value>[];
  className?: string;
}

/** Views of one thing. The caller holds the value, in the URL where it matters (`useQueryState`). */
export function Tabs<Value extends string>({ label, value, onChange, tabs, className }: TabsProps<Value>) {
  return (
    <Base.Root value={value} onValueChange={(next) => onChange(next as Value)} className={className}>
      <Base.List aria-label={label} className="relative flex gap-4 overflow-x-auto border-b border-line">
        {tabs.map((tab) => (
          <Base.Tab
            key={tab.value}
            value={tab.value}
            className="focus-inside -mb-px h-9 shrink-0 border-b-2 border-transparent px-0.5 text-ink-2 hover:text-ink data-active:border-accent data-active:text-ink"
          >
            {tab.label}
          </Base.Tab>
        ))}
      </Base.List>
      {tabs.map((tab) => (
        <Base.Panel key={tab.value} value={tab.value} className="pt-4">
          {tab.content}
        </Base.Panel>
      ))}
    </Base.Root>
  );
}

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
    <fieldset className="inline-flex shrink-0 rounded-md border border-line-2 p-0.5">
      <legend className="sr-only">{label}</legend>
      {options.map((option) => (
        <button
          key={option.value}
          type="button"
          aria-pressed={option.value === value}
          onClick={() => onChange(option.value)}
          className={cn(
            'rounded-sm px-2.5 text-table text-ink-2 hover:text-ink aria-pressed:bg-pressed aria-pressed:text-ink',
            size === 'sm' ? 'h-6' : 'h-7',
          )}
        >
          {option.label}
        </button>
      ))}
    </fieldset>
  );
}
