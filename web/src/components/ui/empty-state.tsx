import type { ReactNode } from 'react';
import { CodeBlock, type Snippet } from './code-block';

interface EmptyStateProps {
  title: string;
  /** What would be here and what to do next. */
  children: ReactNode;
  action?: ReactNode;
  snippets?: readonly Snippet[];
}

export function EmptyState({ title, children, action, snippets }: EmptyStateProps) {
  return (
    <div className="flex flex-col items-start gap-3 py-8 sm:py-10">
      <div className="max-w-[560px]">
        <h2 className="text-section font-semibold">{title}</h2>
        <div className="mt-1 text-ink-2">{children}</div>
      </div>
      {action}
      {snippets && <CodeBlock label={title} snippets={snippets} className="mt-1 w-full max-w-[720px]" />}
    </div>
  );
}
