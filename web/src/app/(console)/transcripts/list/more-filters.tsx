'use client';
import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { Popover } from '@/components/ui/popover';
import { TriggerButton } from '../../usage/toolbar/trigger-button';
import { isSeconds, isUsd } from '../search-params';

export interface Bounds {
  readonly errors: readonly string[];
  readonly slower: string | null;
  readonly costlier: string | null;
}

interface MoreFiltersProps extends Bounds {
  onChange: (bounds: { errors: string[] | null; slower: string | null; costlier: string | null }) => void;
}

/** Error codes, slower than, costlier than: what is typed rather than ticked. */
export function MoreFilters({ onChange, ...bounds }: MoreFiltersProps) {
  const set = bounds.errors.length + (bounds.slower === null ? 0 : 1) + (bounds.costlier === null ? 0 : 1);
  return (
    <Popover
      label="Filter by error, duration and cost"
      className="w-[min(320px,calc(100vw-32px))] p-3"
      trigger={<TriggerButton label="Error, duration, cost" chosen={set} />}
    >
      <BoundsForm key={JSON.stringify(bounds)} bounds={bounds} onChange={onChange} />
    </Popover>
  );
}

function BoundsForm({ bounds, onChange }: { bounds: Bounds; onChange: MoreFiltersProps['onChange'] }) {
  const [errors, setErrors] = useState(bounds.errors.join(', '));
  const [slower, setSlower] = useState(bounds.slower ?? '');
  const [costlier, setCostlier] = useState(bounds.costlier ?? '');
  const slowerProblem = slower.trim() === '' || isSeconds(slower.trim()) ? null : 'Enter seconds, such as 2.5.';
  const costProblem = costlier.trim() === '' || isUsd(costlier.trim()) ? null : 'Enter dollars, such as 0.25.';
  const codes = [...new Set(errors.split(/[,\s]+/).filter((code) => code !== ''))];
  return (
    <form
      className="flex flex-col gap-3"
      onSubmit={(event) => {
        event.preventDefault();
        if (slowerProblem || costProblem) return;
        onChange({
          errors: codes.length > 0 ? codes : null,
          slower: slower.trim() || null,
          costlier: costlier.trim() || null,
        });
      }}
    >
      <Field label="Error codes" help="Of the gateway or of the upstream; several with commas.">
        {(control) => (
          <Input
            {...control}
            mono
            placeholder="rate_limit_exceeded"
            value={errors}
            onChange={(event) => setErrors(event.target.value)}
          />
        )}
      </Field>
      <Field label="A turn slower than, seconds" error={slowerProblem}>
        {(control) => (
          <Input
            {...control}
            inputMode="decimal"
            className="figures"
            value={slower}
            onChange={(event) => setSlower(event.target.value)}
          />
        )}
      </Field>
      <Field label="Costlier than, USD" help="The whole conversation, as far as its cost is known." error={costProblem}>
        {(control) => (
          <Input
            {...control}
            inputMode="decimal"
            className="figures"
            value={costlier}
            onChange={(event) => setCostlier(event.target.value)}
          />
        )}
      </Field>
      <Button type="submit" size="sm" variant="primary" disabled={slowerProblem !== null || costProblem !== null}>
        Apply
      </Button>
    </form>
  );
}
