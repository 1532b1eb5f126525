'use client';
import { type ReactNode, useState } from 'react';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { Segments } from '@/components/ui/segments';
import { fromField } from './utc-field';

/** `null` = from now on. */
export type ValidFrom = string | null;

interface ValidFromFieldProps {
  value: ValidFrom;
  onChange: (value: ValidFrom) => void;
  /** What stands there when “Date and time” is chosen. */
  suggested: string;
  error?: string | null | undefined;
  /** Said of the moment chosen. */
  help: ReactNode;
}

const OPTIONS = [
  { value: 'now', label: 'Now' },
  { value: 'at', label: 'Date and time' },
] as const;

/** From when on something counts, by the time a call began. */
export function ValidFromField({ value, onChange, suggested, error, help }: ValidFromFieldProps) {
  const [hasLeft, setLeft] = useState(false);
  const complaint = error ?? (hasLeft ? validFromProblem(value) : null);
  return (
    <Field label="Valid from" error={complaint} help={help} group>
      {({ id: _, 'aria-required': __, ...control }) => (
        <div className="flex flex-wrap items-center gap-2">
          <Segments
            label="Valid from"
            size="md"
            value={value === null ? 'now' : 'at'}
            onChange={(choice) => onChange(choice === 'now' ? null : (value ?? suggested))}
            options={OPTIONS}
          />
          {value !== null && (
            <>
              <Input
                {...control}
                aria-label="Valid from, UTC"
                type="datetime-local"
                step={1}
                className="w-56"
                value={value}
                onChange={(event) => onChange(event.target.value)}
                onBlur={() => setLeft(true)}
              />
              <span className="text-table text-ink-3">UTC</span>
            </>
          )}
        </div>
      )}
    </Field>
  );
}

/** What is wrong with it; null = it may be saved. Prices begin now or began before. */
export function validFromProblem(value: ValidFrom, now = new Date()): string | null {
  if (value === null) return null;
  const at = fromField(value);
  if (!at) return 'Enter a date and a time.';
  return at > now ? 'Choose now or a time in the past.' : null;
}
