'use client';
import { Dialog as Base } from '@base-ui/react/dialog';
import { X } from 'lucide-react';
import { cn } from './cn';
import type { DialogProps } from './dialog';
import { iconButtonStyle } from './icon-button';
import { useOpener } from './use-opener';

const WIDTHS = { sm: 'max-w-[400px]', md: 'max-w-[520px]', lg: 'max-w-[720px]' };

export function DialogPopup(props: DialogProps) {
  const { open, onOpenChange, title, description, children, footer, width = 'md', dismissible = true } = props;
  const { closable = true } = props;
  const opener = useOpener(open);
  return (
    <Base.Root open={open} onOpenChange={onOpenChange} disablePointerDismissal={!dismissible}>
      <Base.Portal>
        <Base.Backdrop className="backdrop-motion fixed inset-0 z-40 bg-scrim" />
        <Base.Popup
          finalFocus={opener}
          className={cn(
            'backdrop-motion fixed inset-x-0 top-[max(16px,12vh)] z-40 mx-auto flex max-h-[calc(100dvh-32px)] w-[calc(100vw-32px)] flex-col rounded-lg border border-line bg-raised shadow-float outline-none sm:max-h-[76vh]',
            WIDTHS[width],
          )}
        >
          <header className="pt-4 pr-14 pb-3 pl-5">
            <Base.Title className="text-section font-semibold">{title}</Base.Title>
            {description && <Base.Description className="mt-1 text-ink-2">{description}</Base.Description>}
          </header>
          {children && <div className="min-h-0 flex-1 overflow-y-auto px-5 pt-1 pb-5">{children}</div>}
          {footer && <footer className="flex justify-end gap-2 border-t border-line px-5 py-3">{footer}</footer>}
          {/* Last, so that the focus starts in the contents. */}
          {closable && (
            <Base.Close aria-label="Close" className={cn(iconButtonStyle, 'absolute top-3.5 right-3.5 size-7')}>
              <X aria-hidden />
            </Base.Close>
          )}
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  );
}
