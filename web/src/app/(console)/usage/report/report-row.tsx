'use client';
import { Download, Trash2 } from 'lucide-react';
import { useViewer } from '@/components/frame/viewer';
import { Button, buttonStyle } from '@/components/ui/button';
import { ProblemNote } from '@/components/ui/error-state';
import { IconButton } from '@/components/ui/icon-button';
import { RelativeTime } from '@/components/ui/relative-time';
import { Status } from '@/components/ui/status';
import { useAction } from '@/graphql/use-action';
import { CANCEL_REPORT, OF_REPORTS, type Report } from './queries';
import { isUnderWay, reportText } from './report';

/** One report: what became of it, and what can be done with it. */
export function ReportRow({ report }: { report: Report }) {
  const cancel = useAction(CANCEL_REPORT);
  const viewer = useViewer();
  const underWay = isUnderWay(report);
  const mayCancel = viewer.role === 'admin' || viewer.email === report.createdBy;
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-2 border-b border-line py-2.5 last:border-b-0">
      <div className="min-w-0 flex-1 basis-64">
        <div className="flex min-w-0 items-center gap-3">
          <span className="min-w-0 truncate font-mono text-table" title={report.fileName}>
            {report.fileName}
          </span>
          <Status state={report.state} className="shrink-0 text-table" />
        </div>
        {underWay && (
          <div
            role="progressbar"
            aria-label={`Progress of ${report.fileName}`}
            // Without a value it reads as busy, which is all that is known of a report in one piece.
            {...(report.progress > 0 ? { 'aria-valuenow': Math.floor(report.progress * 100) } : {})}
            aria-valuemin={0}
            aria-valuemax={100}
            className="my-1.5 h-1 overflow-hidden rounded-full bg-pressed"
          >
            <div className="h-full bg-accent" style={{ width: `${report.progress * 100}%` }} />
          </div>
        )}
        <div className="figures text-caption text-ink-3" aria-live="polite">
          {reportText(report)}
          {' · '}
          {report.createdBy}, <RelativeTime at={report.createdAt} />
          {report.state === 'ready' && report.expiresAt && (
            <>
              {' · '}expires <RelativeTime at={report.expiresAt} />
            </>
          )}
        </div>
        {cancel.problem && <ProblemNote problem={cancel.problem} />}
      </div>
      {underWay && mayCancel && (
        <Button size="sm" loading={cancel.running} onClick={() => void cancel.run({ id: report.id }, OF_REPORTS)}>
          Cancel
        </Button>
      )}
      {report.state === 'ready' && report.downloadUrl && (
        <a href={report.downloadUrl} download={report.fileName} className={buttonStyle({ size: 'sm' })}>
          <Download aria-hidden />
          Download
        </a>
      )}
      {report.state === 'ready' && mayCancel && (
        <IconButton
          size="sm"
          label={`Delete ${report.fileName}`}
          icon={<Trash2 aria-hidden />}
          disabled={cancel.running}
          onClick={() => void cancel.run({ id: report.id }, OF_REPORTS)}
        />
      )}
    </li>
  );
}
