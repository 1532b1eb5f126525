'use client';
import { useMemo } from 'react';
import { ComboboxOnDemand } from '@/components/ui/combobox-on-demand';
import { Field } from '@/components/ui/field';
import { browserZone, zoneNames } from '@/zone';
import type { UsageState } from '../state/use-usage-state';

/** Whose days and hours the buckets are. The address holds it, and this browser remembers it for its person. */
export function ZoneField({ zone }: { zone: UsageState['zone'] }) {
  const options = useMemo(() => {
    const own = browserZone();
    const first = [...new Set(['UTC', own])];
    const rest = zoneNames().filter((name) => !first.includes(name));
    return [...first, ...rest].map((name) => ({
      value: name,
      label: name,
      ...(name === own ? { hint: 'This browser’s' } : {}),
    }));
  }, []);
  return (
    <Field label="Time zone">
      {(control) => (
        <ComboboxOnDemand
          {...control}
          options={options}
          value={zone.name}
          onChange={(name) => name !== null && zone.choose(name)}
          emptyText="No such time zone."
        />
      )}
    </Field>
  );
}
