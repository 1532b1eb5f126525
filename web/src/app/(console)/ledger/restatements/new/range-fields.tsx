'use client';
import { useState } from 'react';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { Segments } from '@/components/ui/segments';
import { spanText } from '../../span';
import { PRESET_LABELS, PRESETS } from './range';
import type { Start } from './use-start';

const OPTIONS = PRESETS.map((value) => ({ value, label: PRESET_LABELS[value] }));

/** By the time a call began. */
export function RangeFields({ start, problem }: { start: Start; problem: string | null }) {
  const { params, range, fields } = start;
  const [hasLeft, setLeft] = useState(false);
  const isCustom = params.range === 'custom';
  return (
    <div>
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <Segments
          label="Range"
          size="md"
          value={params.range}
          onChange={(value) => start.choose('range', value)}
          options={OPTIONS}
        />
        {!isCustom && range && <span className="figures text-ink-2">{spanText(range.from, range.to)}</span>}
      </div>
      {isCustom && (
        <div className="mt-4 grid gap-4 sm:grid-cols-2">
          <Field label="From, UTC" required help="Calls that began at or after it.">
            {(control) => (
              <Input
                {...control}
                type="datetime-local"
                step={1}
                value={fields.from}
                onChange={(event) => start.type({ ...fields, from: event.target.value })}
                onBlur={() => setLeft(true)}
              />
            )}
          </Field>
          <Field label="To, UTC" required error={hasLeft ? problem : null} help="Calls that began before it.">
            {(control) => (
              <Input
                {...control}
                type="datetime-local"
                step={1}
                value={fields.to}
                onChange={(event) => start.type({ ...fields, to: event.target.value })}
                onBlur={() => setLeft(true)}
              />
            )}
          </Field>
        </div>
      )}
    </div>
  );
}
