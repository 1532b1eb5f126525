'use client';
import { useState } from 'react';
import { Dialog } from '@/components/ui/dialog';
import { Tabs } from '@/components/ui/tabs';
import { RecentReports } from './recent-reports';
import type { ReportAsked, ReportPart } from './report-button';
import { ReportForm } from './report-form';
import { ReportUnderWay } from './report-under-way';

interface ReportDialogProps {
  asked: ReportAsked;
  part: ReportPart;
  onPart: (part: ReportPart) => unknown;
  onClose: () => void;
}

export function ReportDialog({ asked, part, onPart, onClose }: ReportDialogProps) {
  const [createdId, setCreatedId] = useState<string | null>(null);
  return (
    <Dialog
      open
      onOpenChange={onClose}
      width="lg"
      title="Full report"
      description="Every group, nothing cut off, with tokens and spend of each kind in columns of their own."
    >
      <Tabs
        label="Reports"
        value={part}
        onChange={(next) => void onPart(next)}
        tabs={[
          {
            value: 'new',
            label: 'New report',
            content:
              createdId === null ? (
                <ReportForm asked={asked} onCreated={setCreatedId} onCancel={onClose} />
              ) : (
                <ReportUnderWay id={createdId} onAnother={() => setCreatedId(null)} onClose={onClose} />
              ),
          },
          { value: 'recent', label: 'Recent reports', content: part === 'recent' && <RecentReports /> },
        ]}
      />
    </Dialog>
  );
}
