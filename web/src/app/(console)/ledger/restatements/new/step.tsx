import type { ReactNode } from 'react';

/** One of the steps of a form that stands whole on its page. */
export function Step({ number, title, children }: { number: number; title: string; children: ReactNode }) {
  return (
    <section className="border-t border-line pt-5">
      <h2 className="mb-4 flex items-baseline gap-2 text-section font-semibold">
        <span className="figures font-normal text-ink-3">{number}</span>
        {title}
      </h2>
      <div className="flex flex-col gap-5">{children}</div>
    </section>
  );
}
