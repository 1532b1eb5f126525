'use client';
import { useState } from 'react';
import { Dialog } from '@/components/ui/dialog';
import { Tabs } from '@/components/ui/tabs';
import { RecentReports } from './recent-reports';
import type { ReportAsked } from './report-button';
import { ReportForm } from './report-form';
import { ReportUnderWay } from './report-under-way';

type Part = 'new' | 'recent';

export function ReportDialog({ asked, onClose }: { asked: ReportAsked; onClose: () => void }) {
  const [part, setPart] = useState<Part>('new');
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
        onChange={setPart}
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
