'use client';
import dynamic from 'next/dynamic';
import { type ReactNode, useState } from 'react';
import { cn } from '@/components/ui/cn';
import { ErrorState } from '@/components/ui/error-state';
import { Segments } from '@/components/ui/segments';
import type { Problem } from '@/graphql/problem';
import { ChartSkeleton } from './chart-skeleton';
import type { ChartTableProps } from './chart-table';
import { ChartTools } from './chart-tools';
import type { ExportSource } from './export/source';
import { Legend, type LegendProps } from './legend';

const ChartTable = dynamic(() => import('./chart-table').then((room) => room.ChartTable), {
  ssr: false,
  loading: () => <div aria-busy="true" />,
});

export type ChartView = 'chart' | 'table';
const VIEWS = [
  { value: 'chart', label: 'Chart' },
  { value: 'table', label: 'Table' },
] as const;

/** What every chart takes beside its figures. */
export interface FrameOptions {
  /** What is charted: `Spend over time by provider`. */
  label: string;
  /** Range and size of a bucket: `1 to 21 Nov 2026 UTC, by day`. */
  subtitle?: string;
  stale?: boolean;
  problem?: Problem | null;
  onRetry?: () => void;
  /** Said over the empty axes. */
  emptyText?: string;
  height?: number;
  /** Keys taken out by the legend; without it the chart remembers them itself. */
  hidden?: readonly string[];
  onHiddenChange?: (hidden: string[]) => void;
  /** Held by the caller, in the URL where it matters; without it the chart remembers it itself. */
  view?: ChartView;
  onViewChange?: (view: ChartView) => void;
  /** At the right of the view switch. */
  actions?: ReactNode;
  /** Start of the names of exported files: `weir-spend-by-provider-2026-11-01-to-2026-11-21`. */
  fileName?: string;
}

interface ChartFrameProps extends FrameOptions {
  legend: Omit<LegendProps, 'onPoint'>;
  /** The drawing, as high as it is told. */
  stage: (heightPx: number, pointed: string | null, id: string) => ReactNode;
  table: Omit<ChartTableProps, 'height'>;
  exported: () => ExportSource;
  /** What else is drawn, in words. */
  marks?: ReactNode;
}

/** Legend, switches and tools around a drawing or its table. */
export function ChartFrame(props: ChartFrameProps) {
  const { label, subtitle, stale = false, height = 260, legend, marks } = props;
  const [ownView, setOwnView] = useState<ChartView>('chart');
  const [pointed, setPointed] = useState<string | null>(null);
  const view = props.view ?? ownView;
  const body = (heightPx: number, id: string) => (
    <>
      <div className="mb-2 flex items-start justify-between gap-x-3 gap-y-1 @max-[620px]:flex-col-reverse">
        <Legend {...legend} id={id} onPoint={setPointed} />
        <div className="flex shrink-0 flex-wrap items-center gap-1">
          <Segments
            label="View as"
            value={view}
            onChange={(next) => {
              setOwnView(next);
              props.onViewChange?.(next);
            }}
            options={VIEWS}
          />
          {props.actions}
          <ChartTools
            label={label}
            subtitle={subtitle}
            exported={props.exported}
            fileName={props.fileName}
            maximised={id === legend.id ? (roomPx) => body(roomPx, `${legend.id}-max`) : null}
          />
        </div>
      </div>
      {marks}
      {view === 'table' ? (
        <div style={{ height: heightPx }}>
          <ChartTable {...props.table} height={heightPx} />
        </div>
      ) : (
        props.stage(heightPx, pointed, id)
      )}
    </>
  );
  return (
    <figure
      aria-label={label}
      aria-busy={stale}
      className={cn(
        '@container relative min-w-0 transition-opacity duration-100 focus-within:z-10 hover:z-10',
        stale && 'opacity-60 delay-150',
      )}
    >
      {subtitle && <figcaption className="mb-1 text-caption text-ink-3">{subtitle}</figcaption>}
      {body(height, legend.id)}
    </figure>
  );
}

/** What stands in the frame's place while there are no figures. */
export function standIn({ label, problem, onRetry, height }: FrameOptions): ReactNode {
  if (problem) return <ErrorState title={`${label} could not be loaded`} problem={problem} onRetry={onRetry} />;
  return <ChartSkeleton height={height} />;
}

/** Why there is nothing to see. */
export function emptyTextOf(
  { series, emptyText }: { series: readonly unknown[]; emptyText?: string },
  shown: number,
  otherwise: string,
): string {
  return shown === 0 && series.length > 0 ? 'Every series is hidden.' : (emptyText ?? otherwise);
}
