import { ChevronRight } from 'lucide-react';
import type { ReactNode } from 'react';
import { Link } from '@/components/ui/link';

export interface Crumb {
  readonly label: ReactNode;
  readonly href: string;
}

interface PageHeaderProps {
  title: ReactNode;
  /** One quiet line: what the page is for, or the thing's id. */
  description?: ReactNode;
  /** Beside the title, for example a status. */
  aside?: ReactNode;
  /** One primary action at the right, quieter ones before it. */
  actions?: ReactNode;
  /** Only where depth > 1: the pages above this one. */
  crumbs?: readonly Crumb[];
}

export function PageHeader({ title, description, aside, actions, crumbs }: PageHeaderProps) {
  return (
    <header className="mb-5">
      {crumbs && crumbs.length > 0 && (
        <nav aria-label="Breadcrumbs" className="mb-1">
          <ol className="flex flex-wrap items-center gap-1 text-table text-ink-3">
            {crumbs.map((crumb) => (
              <li key={crumb.href} className="flex items-center gap-1">
                <Link href={crumb.href} className="rounded-sm hover:text-ink hover:underline">
                  {crumb.label}
                </Link>
                <ChevronRight aria-hidden className="size-3.5" />
              </li>
            ))}
          </ol>
        </nav>
      )}
      <div className="flex flex-wrap items-start gap-x-4 gap-y-3">
        <div className="min-w-0 flex-1 basis-64">
          <div className="flex min-w-0 flex-wrap items-center gap-x-3 gap-y-1">
            <h1 className="min-w-0 text-title font-semibold tracking-[-0.01em] break-words">{title}</h1>
            {aside}
          </div>
          {description && <div className="mt-0.5 text-ink-2">{description}</div>}
        </div>
        {actions && <div className="flex max-w-full shrink-0 flex-wrap items-center gap-2">{actions}</div>}
      </div>
    </header>
  );
}
