import { cn } from './cn';

/** Stands where text or a figure will be; give it the size of what comes. */
export function Skeleton({ className }: { className?: string }) {
  return <span aria-hidden className={cn('skeleton block h-3.5 w-24', className)} />;
}
