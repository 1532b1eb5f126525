interface MarksProps {
  /** What the dashed line is; null = there is none. */
  previous: string | null;
  /** The filter leaves no sum that compares. */
  isIncomparable: boolean;
  forecast: { readonly method?: string } | null;
}

/** What is drawn over the bars, in words. */
export function Marks({ previous, isIncomparable, forecast }: MarksProps) {
  if (previous === null && !isIncomparable && !forecast) return null;
  return (
    <ul aria-label="Marks" className="mb-1 flex flex-wrap gap-x-4 gap-y-1 text-caption text-ink-2">
      {previous !== null && (
        <li className="flex items-center gap-1.5">
          <svg aria-hidden width="22" height="10">
            <path d="M1 5H21" stroke="var(--ink)" strokeWidth="1.5" strokeDasharray="5 3" />
          </svg>
          Before: {previous}
        </li>
      )}
      {isIncomparable && <li>The period before cannot be compared for this choice: a series of it is in the rest.</li>}
      {forecast && (
        <li className="flex items-center gap-1.5" title={forecast.method}>
          <svg aria-hidden width="14" height="12">
            <rect width="14" height="12" fill="var(--accent)" opacity="0.16" />
            <path d="M1 12V5h12v7" fill="none" stroke="var(--accent)" strokeDasharray="3 2" />
          </svg>
          Expected, with its likely range
        </li>
      )}
    </ul>
  );
}
