'use client';
import { Popover } from '@base-ui/react/popover';
import { Check } from 'lucide-react';
import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { cn } from '@/components/ui/cn';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { optionStyle } from '@/components/ui/popup';
import { Switch } from '@/components/ui/switch';
import { PRESET_LABELS, PRESETS, type Preset, spanText } from '../range';
import type { UsageState } from '../state/use-usage-state';
import { customProblem, fromInput, toInput } from './custom-range';
import { ZoneField } from './zone-field';

export function RangePanel({ state, withoutComparison }: { state: UsageState; withoutComparison: boolean }) {
  const { params, setParams, range, previous, zone } = state;
  const choose = (preset: Preset) => void setParams({ range: preset, customStart: null, customEnd: null });
  return (
    <div className="flex max-sm:flex-col">
      <ul
        aria-label="Ranges"
        className="grid shrink-0 gap-px p-1.5 max-sm:grid-cols-2 sm:w-44 sm:border-r sm:border-line"
      >
        {PRESETS.filter((preset) => preset !== 'custom').map((preset) => (
          <li key={preset}>
            <Popover.Close
              aria-pressed={params.range === preset}
              onClick={() => choose(preset)}
              className={cn(optionStyle, 'focus-inside w-full text-left hover:bg-hover')}
            >
              <span className="flex w-4 shrink-0">
                {params.range === preset && <Check aria-hidden className="text-accent" />}
              </span>
              {PRESET_LABELS[preset]}
            </Popover.Close>
          </li>
        ))}
      </ul>
      <div className="flex min-w-0 flex-1 flex-col gap-4 p-3 max-sm:border-t max-sm:border-line">
        <CustomRange
          key={`${range.from.toISOString()} ${range.to.toISOString()} ${zone.name}`}
          start={range.from}
          end={range.to}
          zone={zone.name}
          onApply={(customStart, customEnd) => void setParams({ range: 'custom', customStart, customEnd })}
        />
        <ZoneField zone={zone} />
        {!withoutComparison && (
          <div className="border-t border-line pt-3">
            <Switch
              checked={params.compare}
              onChange={(compare) => void setParams({ compare: compare || null })}
              label="Compare to previous period"
              description={spanText(previous, zone.name)}
            />
          </div>
        )}
      </div>
    </div>
  );
}

interface CustomRangeProps {
  start: Date;
  end: Date;
  zone: string;
  onApply: (start: Date, end: Date) => void;
}

function CustomRange({ start, end, zone, onApply }: CustomRangeProps) {
  const [from, setFrom] = useState(toInput(start, zone));
  const [to, setTo] = useState(toInput(end, zone));
  const problem = customProblem(from, to, zone);
  return (
    <form
      aria-label="Custom range"
      className="flex flex-col gap-2.5"
      onSubmit={(event) => {
        event.preventDefault();
        const [first, last] = [fromInput(from, zone), fromInput(to, zone)];
        if (first && last && !problem) onApply(first, last);
      }}
    >
      <div className="grid gap-2.5 sm:grid-cols-2">
        <Field label="From">
          {(control) => (
            <Input
              {...control}
              type="datetime-local"
              className="px-2 text-table"
              value={from}
              onChange={(event) => setFrom(event.target.value)}
            />
          )}
        </Field>
        <Field label="To">
          {(control) => (
            <Input
              {...control}
              type="datetime-local"
              className="px-2 text-table"
              value={to}
              onChange={(event) => setTo(event.target.value)}
            />
          )}
        </Field>
      </div>
      <div className="flex items-center gap-3">
        <p aria-live="polite" className={cn('min-w-0 flex-1 text-caption', problem ? 'text-red' : 'text-ink-3')}>
          {problem ?? 'Up to two days by the hour, a quarter by the day, more by the month.'}
        </p>
        <Button type="submit" size="sm" variant="primary" disabled={problem !== null}>
          Apply
        </Button>
      </div>
    </form>
  );
}
