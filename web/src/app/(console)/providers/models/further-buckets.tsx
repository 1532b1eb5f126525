'use client';
import { ChevronRight } from 'lucide-react';
import { type ReactNode, useId, useState } from 'react';

/** What only some models bill, folded away until somebody wants it. */
export function FurtherBuckets({ startsOpen, children }: { startsOpen: boolean; children: () => ReactNode }) {
  const [isOpen, setOpen] = useState(startsOpen);
  const id = useId();
  return (
    <div className="border-y border-line py-2.5">
      <button
        type="button"
        aria-expanded={isOpen}
        aria-controls={id}
        onClick={() => setOpen(!isOpen)}
        className="flex items-center gap-1.5 rounded-sm text-ink-2 hover:text-ink"
      >
        <ChevronRight aria-hidden className={`size-3.5 text-ink-3 ${isOpen ? 'rotate-90' : ''}`} />
        Audio, images, searches and fees
      </button>
      <div id={id} className={isOpen ? 'mt-3 flex flex-col gap-4 pb-1' : undefined}>
        {isOpen && children()}
      </div>
    </div>
  );
}
