import { CircleAlert, TriangleAlert } from 'lucide-react';
import Link from 'next/link';
import { Section } from '@/components/ui/section';
import type { Notice } from './attention';

export function AttentionList({ notices }: { notices: readonly Notice[] }) {
  if (notices.length === 0) return null;
  return (
    <Section title="Needs attention">
      <ul className="max-w-[960px]">
        {notices.map((notice) => (
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
