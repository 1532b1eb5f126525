import type { ReactNode } from 'react';

/** Text that takes the room its column has, and never asks for more; the title holds the whole. */
export function Clipped({ title, children }: { title: string; children: ReactNode }) {
  return (
    <span className="block w-0 min-w-full truncate" title={title}>
      {children}
    </span>
  );
}
