import { RotateCcw } from 'lucide-react';
import { useId } from 'react';
import { Badge } from '@/components/ui/badge';
import { cn } from '@/components/ui/cn';
import { IconButton } from '@/components/ui/icon-button';
import { Input } from '@/components/ui/input';
import { usdExact } from '@/format';
import { type Bucket, bucketHelp, bucketLabel } from './buckets';
import { fieldRate, kindOf, type RateKind } from './override-draft';

const KIND: Readonly<Record<RateKind, { label: string; tone: 'neutral' | 'green' | 'accent' }>> = {
  catalog: { label: 'catalog', tone: 'neutral' },
  free: { label: 'free', tone: 'green' },
  custom: { label: 'custom', tone: 'accent' },
};

interface OverrideFieldProps {
  bucket: Bucket;
  currency: string;
  /** In USD per 1M; null = none is published. */
  catalogRate: string | null;
  value: string;
  problem: string | undefined;
  warning: string | undefined;
  onChange: (value: string) => void;
  onLeave: () => void;
}

/** One rate: blank is the catalog's, 0 is free, anything else replaces it; which of the three is written beside it. */
export function OverrideField(props: OverrideFieldProps) {
  const { bucket, currency, catalogRate, value, problem, warning, onChange, onLeave } = props;
  const id = useId();
  const kind = KIND[kindOf(value)];
  const label = bucketLabel(bucket);
  return (
    <div className="grid grid-cols-1 items-start gap-x-4 gap-y-1.5 sm:grid-cols-[minmax(0,1fr)_auto]">
      <div className="min-w-0">
        <label htmlFor={id} className="block font-medium">
          {label}
        </label>
        <p id={`${id}-remark`} aria-live="polite" className="text-table text-ink-3">
          {problem ? (
            <span className="text-red">{problem}</span>
          ) : warning ? (
            <span className="text-amber">{warning}</span>
          ) : (
            bucketHelp(bucket)
          )}
        </p>
      </div>
      <div className="flex items-center gap-2 sm:pt-1">
        <span className="relative block w-36">
          <span aria-hidden className="absolute inset-y-0 left-2.5 flex items-center text-ink-3">
            {currency === 'USD' ? '$' : currency}
          </span>
          <Input
            id={id}
            aria-describedby={`${id}-remark ${id}-kind`}
            aria-invalid={problem ? true : undefined}
            inputMode="decimal"
            className={cn('figures text-right', currency === 'USD' ? 'pl-6' : 'pl-12')}
            value={value}
            placeholder={placeholderOf(bucket, currency, catalogRate)}
            onChange={(event) => onChange(event.target.value)}
            onBlur={onLeave}
          />
        </span>
        <span id={`${id}-kind`} className="w-15">
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
      </div>
    </div>
  );
}

/** Where no rate of its own is published, these are billed at another one. */
const STANDS_IN: Partial<Record<Bucket, string>> = {
  cached_input: 'as input',
  cache_write_5m: 'as input',
  cache_write_1h: 'as input',
  audio_input: 'as input',
  cached_audio_input: 'as cached input',
  image_input: 'as input',
  audio_output: 'as output',
  image_output: 'as output',
};

/** What a blank field means: the published rate, in its own currency. */
function placeholderOf(bucket: Bucket, currency: string, catalogRate: string | null): string {
  if (catalogRate === null) return STANDS_IN[bucket] ?? 'unpriced';
  return currency === 'USD' ? usdExact(fieldRate(bucket, catalogRate)).slice(1) : 'catalog';
}
