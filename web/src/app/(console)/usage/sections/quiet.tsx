import type { ReactNode } from 'react';

/** The line under the heading of a section. */
export const Quiet = ({ children }: { children: ReactNode }) => (
  <span className="text-table text-ink-3">{children}</span>
);
