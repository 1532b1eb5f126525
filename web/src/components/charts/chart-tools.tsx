'use client';
import { Download, Maximize2 } from 'lucide-react';
import { lazy, type ReactNode, Suspense, useState } from 'react';
import { IconButton } from '@/components/ui/icon-button';
import { Menu } from '@/components/ui/menu';
import { toastProblem } from '@/components/ui/toast';
import type { ExportSource } from './export/source';

const loadMaximised = () => import('./maximised');
const Maximised = lazy(() => loadMaximised().then((room) => ({ default: room.Maximised })));

interface ChartToolsProps {
  label: string;
  subtitle: string | undefined;
  exported: () => ExportSource;
  fileName: string | undefined;
  /** Draws the same as high as there is room; null = it already fills the screen. */
  maximised: ((roomPx: number) => ReactNode) | null;
}

/** Takes a chart along, and makes it as big as the screen. What either needs is fetched when asked for. */
export function ChartTools({ label, subtitle, exported, fileName, maximised }: ChartToolsProps) {
  const [open, setOpen] = useState<'never' | 'open' | 'closed'>('never');
  const save = (kind: 'csv' | 'svg' | 'png', theme: 'light' | 'dark') => {
    import('./export/save')
      .then((room) => room.save(exported(), { kind, theme, fileName: fileName ?? nameOf(label) }))
      .catch((error: unknown) =>
        toastProblem(`${label} could not be exported`, {
          code: 'EXPORT_FAILED',
          message: error instanceof Error ? error.message : 'The browser refused.',
          requestId: null,
          fields: {},
        }),
      );
  };
  return (
    <>
      <Menu
        trigger={<IconButton size="sm" label={`Export ${label}`} icon={<Download aria-hidden />} />}
        entries={[
          { label: 'CSV, every digit', onSelect: () => save('csv', 'light') },
          { label: 'PNG, light', onSelect: () => save('png', 'light') },
          { label: 'PNG, dark', onSelect: () => save('png', 'dark') },
          { label: 'SVG, light', onSelect: () => save('svg', 'light') },
          { label: 'SVG, dark', onSelect: () => save('svg', 'dark') },
        ]}
      />
      {maximised && (
        <IconButton
          size="sm"
          label={`Maximise ${label}`}
          icon={<Maximize2 aria-hidden />}
          onPointerEnter={() => void loadMaximised().catch(() => undefined)}
          onClick={() => setOpen('open')}
        />
      )}
      {maximised && open !== 'never' && (
        <Suspense>
          <Maximised
            title={label}
            subtitle={subtitle}
            open={open === 'open'}
            onOpenChange={(next) => setOpen(next ? 'open' : 'closed')}
            draw={maximised}
          />
        </Suspense>
      )}
    </>
  );
}

const nameOf = (label: string) => `weir-${label.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-')}`;
