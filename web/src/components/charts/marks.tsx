import type { Mark } from './export/source';

export const FORECAST_TEXT = 'Expected, with its likely range';
export const previousText = (label: string) => `Before: ${label}`;

/** As in the drawing, 14 px square. */
export function MarkSwatch({ mark }: { mark: Mark }) {
  if (mark === 'previous') return <path d="M0 7H14" stroke="var(--ink)" strokeWidth="1.5" strokeDasharray="5 3" />;
  return (
    <>
      <rect width="14" height="14" fill="var(--accent)" opacity="0.16" />
      <path d="M1 14V6h12v8" fill="none" stroke="var(--accent)" strokeDasharray="3 2" />
    </>
  );
}

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
          <svg aria-hidden width="14" height="14">
            <MarkSwatch mark="previous" />
          </svg>
          {previousText(previous)}
        </li>
      )}
      {isIncomparable && <li>The period before cannot be compared for this choice: a series of it is in the rest.</li>}
      {forecast && (
        <li className="flex items-center gap-1.5" title={forecast.method}>
          <svg aria-hidden width="14" height="14">
            <MarkSwatch mark="forecast" />
          </svg>
          {FORECAST_TEXT}
        </li>
      )}
    </ul>
  );
}
