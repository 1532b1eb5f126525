import { CircleAlert, CircleCheck, TriangleAlert } from 'lucide-react';
import Link from 'next/link';
import { Section } from '@/components/ui/section';
import { Skeleton } from '@/components/ui/skeleton';
import type { Notice } from './attention';

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
      <ul className="max-w-[960px]">
        {notices?.map((notice) => (
          <li
            key={notice.id}
            className="flex min-h-row items-center gap-2.5 border-b border-line py-1 text-table last:border-b-0"
          >
            {notice.severity === 'failed' ? (
              <CircleAlert aria-label="Failed" className="size-4 shrink-0 text-red" />
            ) : (
              <TriangleAlert aria-label="Needs attention" className="size-4 shrink-0 text-amber" />
            )}
            <span className="min-w-0 flex-1">{notice.text}</span>
            <Link href={notice.href} className="shrink-0 rounded-sm text-accent hover:underline">
              {notice.linkText}
            </Link>
          </li>
        ))}
      </ul>
    </Section>
  );
}
