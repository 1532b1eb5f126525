import { ExternalLink } from 'lucide-react';
import type { ReactNode } from 'react';
import { Facts } from '@/components/ui/section';
import { day, exactTime } from '@/format';
import type { Line, Origin } from './receipt';
import { originKind, ruleText } from './wording';

interface LineSourceProps {
  line: Line;
  estimatedBecause: string | null;
  more: readonly { readonly label: string; readonly value: ReactNode }[];
}

/** Where the rate of a line comes from, and why it is this one. */
export function LineSource({ line, estimatedBecause, more }: LineSourceProps) {
  const { origin } = line;
  const rule = ruleText(line);
  return (
    <Facts
      className="grid-cols-[96px_minmax(0,1fr)] gap-x-4 text-table whitespace-normal"
      facts={[
        { label: 'Rate from', value: <Source origin={origin} /> },
        ...(rule ? [{ label: 'Rule', value: rule }] : []),
        ...(origin.kind === 'OVERRIDE' && (origin.by || origin.at)
          ? [{ label: 'Set by', value: [origin.by, origin.at && exactTime(origin.at)].filter(Boolean).join(', ') }]
          : []),
        ...(origin.priceVersion ? [{ label: 'Price version', value: <Id>{origin.priceVersion}</Id> }] : []),
        ...(estimatedBecause ? [{ label: 'Quantity', value: `Estimated: ${estimatedBecause}.` }] : []),
        ...more,
      ]}
    />
  );
}

const Id = ({ children }: { children: ReactNode }) => (
  <span className="font-mono text-caption break-all">{children}</span>
);

function Source({ origin }: { origin: Origin }) {
  if (origin.kind === 'NONE') return <span className="text-amber">{originKind(origin)}</span>;
  const name = origin.kind === 'CATALOG' && origin.label ? origin.label : originKind(origin);
  return (
    <span className="flex flex-wrap items-baseline gap-x-2">
      {origin.url ? (
        <a
          href={origin.url}
          target="_blank"
          rel="noreferrer"
          className="inline-flex items-center gap-1 rounded-sm text-accent hover:underline"
        >
          {name}
          <ExternalLink aria-hidden className="size-3.5 shrink-0" />
          <span className="sr-only">(opens in a new tab)</span>
        </a>
      ) : (
        <span>{name}</span>
      )}
      {origin.asOf && <span className="text-caption text-ink-3">as of {day(origin.asOf)}</span>}
    </span>
  );
}
