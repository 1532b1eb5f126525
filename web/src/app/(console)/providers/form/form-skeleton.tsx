import { Skeleton } from '@/components/ui/skeleton';

/** Stands where the provider form will be. */
export function FormSkeleton() {
  return (
    <div className="flex max-w-[720px] flex-col gap-6" aria-busy="true">
      <span className="sr-only">Loading</span>
      {['identity', 'name', 'type'].map((part) => (
        <div key={part} className="flex flex-col gap-2">
          <Skeleton className="w-28" />
          <Skeleton className="h-8 w-full" />
        </div>
      ))}
      <div className="grid gap-2 sm:grid-cols-3">
        {['a', 'b', 'c'].map((card) => (
          <Skeleton key={card} className="h-28 w-full rounded-md" />
        ))}
      </div>
    </div>
  );
}
