import type { ReactNode } from 'react';

export function EntryHeading({ title, children }: { title: string; children: ReactNode }) {
  return (
    <header className="mb-6">
      <h1 className="text-title font-semibold tracking-[-0.01em]">{title}</h1>
      <p className="mt-1 text-ink-2">{children}</p>
    </header>
  );
}
