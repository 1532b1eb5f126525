import { CircleAlert, TriangleAlert } from 'lucide-react';
import { Link } from '@/components/ui/link';
import type { Notice } from './notice';

/** Notices, worst first, each with the link that settles it. */
export function NoticeList({ notices, label }: { notices: readonly Notice[]; label?: string }) {
  if (notices.length === 0) return null;
  return (
    <ul aria-label={label} className="max-w-[960px]">
      {notices.map((notice) => (
        <li
          key={notice.id}
          className="flex min-h-row items-start gap-2.5 border-b border-line py-2 text-table last:border-b-0"
        >
          {notice.severity === 'failed' ? (
            <CircleAlert aria-label="Failed" className="mt-0.5 size-4 shrink-0 text-red" />
          ) : (
            <TriangleAlert aria-label="Needs attention" className="mt-0.5 size-4 shrink-0 text-amber" />
          )}
          <span className="min-w-0 flex-1 break-words">
            {notice.text}
            {notice.detail && <span className="block text-ink-3">{notice.detail}</span>}
          </span>
          <Link href={notice.href} className="shrink-0 rounded-sm text-accent hover:underline">
            {notice.linkText}
          </Link>
        </li>
      ))}
    </ul>
  );
}
