import { X } from 'lucide-react';
import { Button } from '@/components/ui/button';

export interface FilterChip {
  /** What is filtered by: `Type`. */
  readonly name: string;
  readonly label: string;
  readonly onRemove: () => void;
}

/** What a table is narrowed to, each with the way out of it. */
export function FilterChips({ chips, onClear }: { chips: readonly FilterChip[]; onClear: () => void }) {
  if (chips.length === 0) return null;
  return (
    <ul aria-label="Filters" className="flex w-full flex-wrap items-center gap-1.5">
      {chips.map(({ name, label, onRemove }) => (
        <li key={`${name} ${label}`}>
          <button
            type="button"
            onClick={onRemove}
            className="flex h-6 max-w-80 items-center gap-1 rounded-sm bg-accent-soft pr-1 pl-2 text-table text-ink hover:bg-pressed [&_svg]:size-3.5 [&_svg]:shrink-0 [&_svg]:text-ink-3"
          >
            <span className="text-ink-2">{name}</span> <span className="truncate">{label}</span>
            <span className="sr-only">, remove filter</span>
            <X aria-hidden />
          </button>
        </li>
      ))}
      <li>
        <Button size="sm" variant="ghost" onClick={onClear}>
          Clear all
        </Button>
      </li>
    </ul>
  );
}
