'use client';
import { Download } from 'lucide-react';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import { ProblemNote } from '@/components/ui/error-state';
import { Menu } from '@/components/ui/menu';
import type { TranscriptsState } from '../list/use-transcripts-state';
import { FORMS, useExport } from './use-export';

/** Takes along every conversation that fits the filter. */
export function ExportButton({ filter }: { filter: TranscriptsState['filter'] }) {
  const { start, running, problem, reset } = useExport();
  return (
    <>
      <Menu
        align="end"
        trigger={
          <Button icon={<Download aria-hidden />} loading={running}>
            Export
          </Button>
        }
        entries={[
          { heading: 'All conversations that fit, as JSONL' },
          ...FORMS.map(({ form, label }) => ({ label, onSelect: () => void start({ form, filter }) })),
        ]}
      />
      <Dialog open={problem !== null} onOpenChange={reset} title="The export could not begin" width="sm">
        {problem && <ProblemNote problem={problem} />}
      </Dialog>
    </>
  );
}
