'use client';
import { useEffect, useRef, useState } from 'react';
import { Button } from '@/components/ui/button';
import { ProblemNote } from '@/components/ui/error-state';
import { Skeleton } from '@/components/ui/skeleton';
import { useData } from '@/graphql/use-data';
import { REPORT_STATE } from './queries';
import { isUnderWay } from './report';
import { ReportRow } from './report-row';

const ASK_EVERY_MS = 700;

interface ReportUnderWayProps {
  id: string;
  onAnother: () => void;
  onClose: () => void;
}

/** One report from its order to its file, which is handed over once when it is written. */
export function ReportUnderWay({ id, onAnother, onClose }: ReportUnderWayProps) {
  const [isOver, setOver] = useState(false);
  const { data, problem } = useData(REPORT_STATE, { id }, isOver ? {} : { everyMs: ASK_EVERY_MS });
  const report = data?.usageReport;
  const handedOver = useRef(false);
  useEffect(() => {
    if (!report || isUnderWay(report)) return;
    setOver(true);
    if (report.state !== 'ready' || !report.downloadUrl || handedOver.current) return;
    handedOver.current = true;
    const link = document.createElement('a');
    link.href = report.downloadUrl;
    link.download = report.fileName;
    link.click();
  }, [report]);
  return (
    <div className="flex flex-col gap-4">
      {problem && <ProblemNote problem={problem} />}
      {report ? (
        <ul>
          <ReportRow report={report} />
        </ul>
      ) : data ? (
        <p className="text-ink-2">This report is gone; create it again.</p>
      ) : (
        !problem && <Skeleton className="w-64" />
      )}
      <p className="text-table text-ink-3">
        {isOver
          ? 'It stays in Recent reports until it expires.'
          : 'You can close this; the report goes on, and Recent reports has it.'}
      </p>
      <div className="flex gap-2">
        <Button onClick={onAnother}>New report</Button>
        <Button variant="ghost" onClick={onClose}>
          Close
        </Button>
      </div>
    </div>
  );
}
