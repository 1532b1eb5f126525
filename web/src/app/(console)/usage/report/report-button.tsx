'use client';
import { FileDown } from 'lucide-react';
import { parseAsStringLiteral, useQueryState } from 'nuqs';
import { lazy, Suspense } from 'react';
import { Button } from '@/components/ui/button';
import type { ReportInput } from './queries';

const ReportDialog = lazy(() => import('./report-dialog').then((room) => ({ default: room.ReportDialog })));

/** The part of the dialog that stands open, so that a link leads to the recent reports. */
const reportParser = parseAsStringLiteral(['new', 'recent'] as const);
export type ReportPart = 'new' | 'recent';

/** What the page shows, which a report is made of. */
export interface ReportAsked {
  /** Half-open, UTC. */
  readonly range: { readonly from: Date; readonly to: Date };
  /** The range in words. */
  readonly rangeText: string;
  /** IANA name: where the days and months of the report begin. */
  readonly timeZone: string;
  readonly filter: NonNullable<ReportInput['filter']>;
  /** The filter in words, one for each value. */
  readonly filterTexts: readonly { readonly name: string; readonly label: string }[];
  /** What the charts are split by, and the key where that is a tag. */
  readonly groupBy: string;
  readonly tagKey: string | null;
}

/** Opens the dialog of full reports; a report goes on while it is closed, and is found again in it. */
export function ReportButton({ asked }: { asked: ReportAsked }) {
  const [part, setPart] = useQueryState('report', reportParser);
  return (
    <>
      <Button icon={<FileDown aria-hidden />} onClick={() => void setPart('new')}>
        Full report
      </Button>
      {part && (
        <Suspense>
          <ReportDialog asked={asked} part={part} onPart={setPart} onClose={() => void setPart(null)} />
        </Suspense>
      )}
    </>
  );
}
