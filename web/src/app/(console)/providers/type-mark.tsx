import { cn } from '@/components/ui/cn';
import { MONOGRAMS } from './monograms';

/** Tells provider types apart at a glance. Give `label` where the type's name does not stand beside it. */
export function TypeMark({ type, label, className }: { type: string; label?: string; className?: string }) {
  return (
    <span
      title={label}
      className={cn(
        'inline-flex size-6 shrink-0 items-center justify-center rounded-md border border-line-2 bg-sunken font-mono text-[11px] leading-none font-medium text-ink-2 select-none',
        className,
      )}
    >
      <span aria-hidden>{MONOGRAMS[type] ?? type.slice(0, 2)}</span>
      {label && <span className="sr-only">{label}</span>}
    </span>
  );
}
