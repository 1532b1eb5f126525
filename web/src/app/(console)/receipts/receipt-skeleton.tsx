import { Skeleton } from '@/components/ui/skeleton';

const LINES = ['w-20', 'w-28', 'w-16', 'w-24', 'w-20'];

/** A receipt as it will be: the figure, a sentence, its lines. */
export function ReceiptSkeleton() {
  return (
    <div aria-busy="true" className="flex flex-col gap-6">
      <span className="sr-only">Loading</span>
      <div>
        <Skeleton className="my-1 h-5 w-40" />
        <Skeleton className="mt-2 w-72 max-w-full" />
      </div>
      <div className="flex flex-col">
        {LINES.map((width, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the lines never move
          <div key={index} className="flex h-9 items-center justify-between gap-4 border-b border-line">
            <Skeleton className={width} />
            <Skeleton className="w-24" />
          </div>
        ))}
      </div>
    </div>
  );
}
