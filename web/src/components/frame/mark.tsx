/** A level line broken by a notch with water falling through it. */
export function Mark({ className }: { className?: string }) {
  return (
    <svg
      aria-hidden
      viewBox="0 0 20 20"
      fill="none"
      strokeWidth="1.75"
      strokeLinecap="round"
      strokeLinejoin="round"
      className={className}
    >
      <path className="stroke-ink" d="M1.5 6h5l1.75 4.5h3.5L13.5 6h5" />
      <path className="stroke-accent" d="M8.5 13.5v2.25M11.5 13.5v4.5" />
    </svg>
  );
}

export function Wordmark({ markOnly = false }: { markOnly?: boolean }) {
  return (
    <span className="inline-flex items-center gap-2">
      <Mark className="size-5 shrink-0" />
      <span className={markOnly ? 'sr-only' : 'text-section font-semibold tracking-[-0.02em]'}>Weir</span>
    </span>
  );
}
