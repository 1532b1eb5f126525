'use client';
import { Dialog as Base } from '@base-ui/react/dialog';
import { X } from 'lucide-react';
import type { ReactNode } from 'react';
import { cn } from './cn';
import { iconButtonStyle } from './icon-button';

interface DrawerProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  title: ReactNode;
  /** Quiet line under the title. */
  description?: ReactNode;
  /** Beside the close button, for example a link to the full page. */
  actions?: ReactNode;
  children: ReactNode;
  side?: 'left' | 'right';
  /** Title for screen readers only, and no padding: the contents bring their own head. */
  bare?: boolean;
  className?: string;
}

/** A panel from the side for the details of a row; the list stays where it was. */
export function Drawer({
  open,
  onOpenChange,
  title,
  description,
  actions,
  children,
  side = 'right',
  bare = false,
  className,
}: DrawerProps) {
  return (
    <Base.Root open={open} onOpenChange={onOpenChange}>
      <Base.Portal>
        <Base.Backdrop className="backdrop-motion fixed inset-0 z-40 bg-scrim" />
        <Base.Popup
          className={cn(
            'fixed inset-y-0 z-40 flex w-[min(560px,calc(100vw-32px))] flex-col bg-raised shadow-float transition-[translate] duration-120 ease-out outline-none',
            side === 'right'
              ? 'right-0 border-l border-line data-ending-style:translate-x-8 data-starting-style:translate-x-8'
              : 'left-0 border-r border-line data-ending-style:-translate-x-8 data-starting-style:-translate-x-8',
            className,
          )}
        >
          {bare ? (
            <>
              <Base.Title className="sr-only">{title}</Base.Title>
              {children}
            </>
          ) : (
            <>
              <header className="flex items-start gap-2 border-b border-line px-5 py-3">
                <div className="min-w-0 flex-1">
                  <Base.Title className="truncate text-section font-semibold">{title}</Base.Title>
                  {description && (
                    <Base.Description className="mt-0.5 truncate text-table text-ink-3">{description}</Base.Description>
                  )}
                </div>
                {actions}
                <Base.Close aria-label="Close" className={cn(iconButtonStyle, '-mr-1.5 size-7')}>
                  <X aria-hidden />
                </Base.Close>
              </header>
              <div className="min-h-0 flex-1 overflow-y-auto px-5 py-4">{children}</div>
            </>
          )}
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  );
}
