import { CircleCheck, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';

/** What an addition came to: a mark, and the sentence that says what it means. */
export function CheckNote({ holds, children }: { holds: boolean; children: ReactNode }) {
  const Icon = holds ? CircleCheck : TriangleAlert;
  return (
    <p className="flex items-start gap-2 text-table text-ink-2">
      <Icon
        aria-label={holds ? 'Agrees' : 'Does not agree'}
        className={holds ? 'mt-0.5 size-4 shrink-0 text-green' : 'mt-0.5 size-4 shrink-0 text-amber'}
      />
      <span className="min-w-0">{children}</span>
    </p>
  );
}
