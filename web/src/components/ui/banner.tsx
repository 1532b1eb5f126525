import { CircleAlert, Info, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { cn } from './cn';

const TONES = {
  info: { icon: Info, style: 'bg-sunken', iconColor: 'text-ink-3' },
  attention: { icon: TriangleAlert, style: 'bg-amber-soft', iconColor: 'text-amber' },
  failed: { icon: CircleAlert, style: 'bg-red-soft', iconColor: 'text-red' },
};

interface BannerProps {
  tone?: keyof typeof TONES;
  title?: ReactNode;
  children?: ReactNode;
  action?: ReactNode;
  className?: string;
}

/** One remark about the page as a whole. */
export function Banner({ tone = 'info', title, children, action, className }: BannerProps) {
  const { icon: Icon, style, iconColor } = TONES[tone];
  return (
    <div
      role={tone === 'failed' ? 'alert' : undefined}
      // Where the action has no room beside the words, it stands beneath them.
      className={cn(
        'flex flex-wrap items-start gap-x-2.5 gap-y-2 rounded-md px-3 py-2.5 forced-colors:border',
        style,
        className,
      )}
    >
      <Icon aria-hidden className={cn('mt-0.5 size-4 shrink-0', iconColor)} />
      <div className="min-w-0 flex-1 basis-56 break-words">
        {title && <div className="font-medium">{title}</div>}
        {children && <div className="text-ink-2">{children}</div>}
      </div>
      {action}
    </div>
  );
}
