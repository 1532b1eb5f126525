import { Skeleton } from '@/components/ui/skeleton';
import { BUCKETS } from './buckets';

export function OverrideSkeleton() {
  return (
    <div aria-busy className="flex flex-col gap-5">
      {BUCKETS.map((bucket) => (
        <Skeleton key={bucket} className="h-10 w-full" />
      ))}
    </div>
  );
}
