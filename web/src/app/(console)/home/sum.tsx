import type { ReactNode } from 'react';
import { Skeleton } from '@/components/ui/skeleton';

export function Sum({ label, value, note }: { label: string; value: ReactNode; note: ReactNode }) {
  return (
    <div className="min-w-0">
      <dt className="text-table text-ink-3">{label}</dt>
      <dd className="mt-1">
        <span className="figures flex h-7 items-center text-title font-semibold tracking-[-0.01em]">
          {value ?? <Skeleton className="h-5 w-24" />}
        </span>
        <span className="figures flex min-h-6 items-center text-caption text-ink-3">{note}</span>
      </dd>
    </div>
  );
}
