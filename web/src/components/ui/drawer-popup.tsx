'use client';
import { Dialog as Base } from '@base-ui/react/dialog';
import { X } from 'lucide-react';
import { cn } from './cn';
import type { DrawerProps } from './drawer';
import { iconButtonStyle } from './icon-button';

export function DrawerPopup({
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
        <Base.Backdrop className="backdrop-motion fixed inset-0 z-40 bg-scrim print:hidden" />
        <Base.Popup
          data-printed=""
          className={cn(
            'print:static print:w-full print:border-0 print:shadow-none',
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
              <header className="flex items-start gap-2 border-b border-line py-3 pr-14 pl-5">
                <div className="min-w-0 flex-1">
                  <Base.Title className="truncate text-section font-semibold">{title}</Base.Title>
                  {description && (
                    <Base.Description className="mt-0.5 truncate text-table text-ink-3">{description}</Base.Description>
                  )}
                </div>
                {actions}
              </header>
              <div className="min-h-0 flex-1 overflow-y-auto px-5 py-4 print:overflow-visible">{children}</div>
              {/* Last, so that the focus starts in the contents. */}
              <Base.Close aria-label="Close" className={cn(iconButtonStyle, 'absolute top-2.5 right-3.5 size-7')}>
                <X aria-hidden />
              </Base.Close>
            </>
          )}
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  );
}
