import { RotateCcw } from 'lucide-react';
import { Badge } from '@/components/ui/badge';
import { Field } from '@/components/ui/field';
import { IconButton } from '@/components/ui/icon-button';
import { Input } from '@/components/ui/input';
import { usdExact } from '@/format';
import { type Bucket, bucketHelp, bucketLabel } from './buckets';
import { kindOf, type RateKind } from './override-draft';

const KIND: Readonly<Record<RateKind, { label: string; tone: 'neutral' | 'green' | 'accent' }>> = {
  catalog: { label: 'catalog', tone: 'neutral' },
  free: { label: 'free', tone: 'green' },
  custom: { label: 'custom', tone: 'accent' },
};

interface OverrideFieldProps {
  bucket: Bucket;
  catalogRate: string | null;
  value: string;
  problem: string | undefined;
  warning: string | undefined;
  onChange: (value: string) => void;
  onLeave: () => void;
}

/** One rate: blank is the catalog's, 0 is free, anything else replaces it; which of the three is always written beside it. */
export function OverrideField({ bucket, catalogRate, value, problem, warning, onChange, onLeave }: OverrideFieldProps) {
  const kind = KIND[kindOf(value)];
  const label = bucketLabel(bucket);
  return (
    <Field
      label={label}
      error={problem}
      help={warning ? <span className="text-amber">{warning}</span> : bucketHelp(bucket)}
    >
      {(control) => (
        <span className="flex items-center gap-2">
          <span className="relative block w-36 sm:w-44">
            <span aria-hidden className="absolute inset-y-0 left-2.5 flex items-center text-ink-3">
              $
            </span>
            <Input
              {...control}
              inputMode="decimal"
              className="figures pl-6 text-right"
              value={value}
              placeholder={catalogRate === null ? 'unpriced' : usdExact(catalogRate).slice(1)}
              onChange={(event) => onChange(event.target.value)}
              onBlur={onLeave}
            />
          </span>
          <span className="w-16">
            <Badge tone={kind.tone}>{kind.label}</Badge>
          </span>
          <span className="size-7">
            {value !== '' && (
              <IconButton
                size="sm"
                label={`Reset ${label} to the catalog`}
                icon={<RotateCcw aria-hidden />}
                onClick={() => onChange('')}
              />
            )}
          </span>
        </span>
      )}
    </Field>
  );
}
