import { CircleCheck } from 'lucide-react';
import { Section } from '@/components/ui/section';
import { Skeleton } from '@/components/ui/skeleton';
import type { Notice } from '../notices/notice';
import { NoticeList } from '../notices/notice-list';

/** undefined = not known yet. */
export function AttentionList({ notices }: { notices: readonly Notice[] | undefined }) {
  return (
    <Section title="Needs attention">
      {notices === undefined && (
        <div className="flex h-row items-center">
          <Skeleton className="w-64" />
        </div>
      )}
      {notices?.length === 0 && (
        <p className="flex min-h-row items-center gap-2.5 text-table text-ink-2">
          <CircleCheck aria-hidden className="size-4 shrink-0 text-ink-3" />
          Nothing: no failing or disabled provider, no unpriced call this month.
        </p>
      )}
      {notices && <NoticeList notices={notices} />}
    </Section>
  );
}
