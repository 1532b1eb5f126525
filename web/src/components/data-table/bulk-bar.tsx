'use client';
import { X } from 'lucide-react';
import type { ReactNode } from 'react';
import { IconButton } from '@/components/ui/icon-button';
import { plural } from '@/format';

/** Floats over the end of the page while rows are ticked. */
export function BulkBar({ count, onClear, children }: { count: number; onClear: () => void; children: ReactNode }) {
  return (
    <div
      role="toolbar"
      aria-label="Selected rows"
      className="fixed bottom-5 left-1/2 z-30 flex -translate-x-1/2 items-center gap-2 rounded-lg border border-line bg-raised py-2 pr-2 pl-4 shadow-float"
    >
      <span className="figures mr-2 text-table whitespace-nowrap">{plural(count, 'row')} selected</span>
      {children}
      <IconButton label="Clear selection" icon={<X aria-hidden />} onClick={onClear} />
    </div>
  );
}
