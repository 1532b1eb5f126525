import type { ReactNode } from 'react';
import { cn } from './cn';

interface SectionProps {
  title: ReactNode;
  description?: ReactNode;
  actions?: ReactNode;
  className?: string;
  children: ReactNode;
}

/** A part of a page under a hairline; no box. */
export function Section({ title, description, actions, className, children }: SectionProps) {
  return (
    <section className={cn('border-t border-line pt-5', className)}>
      <div className="mb-3 flex flex-wrap items-center gap-x-4 gap-y-2">
        <div className="min-w-0 flex-1">
          <h2 className="text-section font-semibold">{title}</h2>
          {description && <p className="mt-0.5 text-ink-2">{description}</p>}
        </div>
        {actions}
      </div>
      {children}
    </section>
  );
}

/** Label and value pairs, label column quiet. */
export function Facts({
  facts,
  className,
}: {
  facts: readonly { label: string; value: ReactNode }[];
  className?: string;
}) {
  return (
    <dl
      className={cn(
        'grid grid-cols-[minmax(112px,max-content)_minmax(0,1fr)] items-baseline gap-x-6 gap-y-1.5',
        className,
      )}
    >
      {facts.map((fact) => (
        <div key={fact.label} className="contents">
          <dt className="text-ink-3">{fact.label}</dt>
          <dd className="min-w-0 break-words">{fact.value}</dd>
        </div>
      ))}
    </dl>
  );
}
