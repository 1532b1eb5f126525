'use client';
import { CalendarDays } from 'lucide-react';
import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { Popover } from '@/components/ui/popover';
import { Select } from '@/components/ui/select';
import { customProblem, fromInput, toInput } from './custom-range';
import { PRESET_LABELS, PRESETS, type Preset } from './range';
import type { UsageState } from './use-usage';

export function RangePicker({ usage }: { usage: UsageState }) {
  const { params, setParams, range } = usage;
  const choose = (preset: Preset) => {
    if (preset !== 'custom') return void setParams({ range: preset, customStart: null, customEnd: null });
    // Starts from what is on screen, so that nothing jumps until a day is changed.
    void setParams({ range: 'custom', customStart: range.from, customEnd: range.to });
  };
  return (
    <>
      <Select
        aria-label="Range"
        icon={<CalendarDays aria-hidden />}
        className="w-44 max-sm:flex-1"
        value={params.range}
        onChange={choose}
        options={PRESETS.map((value) => ({ value, label: PRESET_LABELS[value] }))}
      />
      {params.range === 'custom' && (
        <Popover label="Custom range" align="end" className="w-72" trigger={<Button>Set dates</Button>}>
          <CustomRange
            key={`${range.from.toISOString()} ${range.to.toISOString()}`}
            start={range.from}
            end={range.to}
            onApply={(customStart, customEnd) => void setParams({ customStart, customEnd })}
          />
        </Popover>
      )}
    </>
  );
}

interface CustomRangeProps {
  start: Date;
  end: Date;
  onApply: (start: Date, end: Date) => void;
}

function CustomRange({ start, end, onApply }: CustomRangeProps) {
  const [from, setFrom] = useState(toInput(start));
  const [to, setTo] = useState(toInput(end));
  const problem = customProblem(from, to);
  return (
    <form
      className="flex flex-col gap-3"
      onSubmit={(event) => {
        event.preventDefault();
        const [first, last] = [fromInput(from), fromInput(to)];
        if (first && last && !problem) onApply(first, last);
      }}
    >
      <Field label="From, UTC">
        {(control) => (
          <Input {...control} type="datetime-local" value={from} onChange={(event) => setFrom(event.target.value)} />
        )}
      </Field>
      <Field label="To, UTC" error={problem} help="Up to two days are shown by the hour, more by the day.">
        {(control) => (
          <Input {...control} type="datetime-local" value={to} onChange={(event) => setTo(event.target.value)} />
        )}
      </Field>
      <Button type="submit" variant="primary" disabled={problem !== null}>
        Apply
      </Button>
    </form>
  );
}
