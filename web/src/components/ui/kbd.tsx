import { cn } from './cn';

export function Kbd({ keys, inverse = false }: { keys: readonly string[]; inverse?: boolean }) {
  return (
    <span className="inline-flex items-center gap-0.5">
      {keys.map((key) => (
        <kbd
          key={key}
          className={cn(
            'inline-flex h-[18px] min-w-[18px] items-center justify-center rounded-sm px-1 font-sans text-[11px] leading-none',
            inverse ? 'bg-canvas/15 text-canvas' : 'border border-line-2 text-ink-2',
          )}
        >
          {key}
        </kbd>
      ))}
    </span>
  );
}
