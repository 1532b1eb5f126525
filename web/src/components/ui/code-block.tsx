'use client';
import { useId, useState } from 'react';
import { cn } from './cn';
import { CopyButton } from './copy-button';

export interface Snippet {
  /** The tab's name: `curl`, `Python`, `TypeScript`. */
  readonly label: string;
  readonly code: string;
}

interface CodeBlockProps {
  snippets: readonly Snippet[];
  /** What the code is, for screen readers. */
  label: string;
  maxHeight?: number;
  className?: string;
}

/** Code to copy; several snippets become tabs, and the chosen tab stays chosen. */
export function CodeBlock({ snippets, label, maxHeight, className }: CodeBlockProps) {
  const [chosen, setChosen] = useState(0);
  const id = useId();
  const current = snippets[chosen] ?? snippets[0];
  if (!current) return null;
  return (
    <div className={cn('min-w-0 overflow-hidden rounded-md border border-line bg-sunken', className)}>
      <div className="flex h-9 items-center gap-3 border-b border-line pr-1 pl-3">
        {snippets.length > 1 ? (
          <div role="tablist" aria-label={label} className="flex h-full gap-3">
            {snippets.map((snippet, index) => (
              <button
                key={snippet.label}
                type="button"
                role="tab"
                id={`${id}-tab-${index}`}
                aria-selected={index === chosen}
                aria-controls={`${id}-panel`}
                tabIndex={index === chosen ? 0 : -1}
                onClick={() => setChosen(index)}
                onKeyDown={(event) => {
                  const step = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
                  if (step === 0) return;
                  const next = (index + step + snippets.length) % snippets.length;
                  setChosen(next);
                  document.getElementById(`${id}-tab-${next}`)?.focus();
                }}
                className="focus-inside h-full border-b-2 border-transparent text-caption text-ink-2 hover:text-ink aria-selected:border-accent aria-selected:text-ink"
              >
                {snippet.label}
              </button>
            ))}
          </div>
        ) : (
          <span className="text-caption text-ink-3">{current.label}</span>
        )}
        <span className="flex-1" />
        <CopyButton text={current.code} label={`Copy ${current.label}`} />
      </div>
      <section
        id={`${id}-panel`}
        aria-label={`${label}: ${current.label}`}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard.
        tabIndex={0}
        className="focus-inside overflow-auto px-3 py-2.5"
        style={{ maxHeight }}
      >
        <pre className="font-mono text-caption leading-5">
          <code>{current.code}</code>
        </pre>
      </section>
    </div>
  );
}
