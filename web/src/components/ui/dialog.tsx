'use client';
import { Dialog as Base } from '@base-ui/react/dialog';
import { X } from 'lucide-react';
import type { ReactNode } from 'react';
import { cn } from './cn';
import { iconButtonStyle } from './icon-button';

interface DialogProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  title: ReactNode;
  description?: ReactNode;
  children?: ReactNode;
  /** Buttons, right aligned; the one that goes ahead comes last. */
  footer?: ReactNode;
  width?: 'sm' | 'md' | 'lg';
  /** For contents shown once: a click beside the dialog does not close it. */
  dismissible?: boolean;
  /** false = only a button of its contents closes it. */
  closable?: boolean;
}

const WIDTHS = { sm: 'max-w-[400px]', md: 'max-w-[520px]', lg: 'max-w-[720px]' };

export function Dialog(props: DialogProps) {
  const { open, onOpenChange, title, description, children, footer, width = 'md', dismissible = true } = props;
  const { closable = true } = props;
  return (
    <Base.Root open={open} onOpenChange={onOpenChange} disablePointerDismissal={!dismissible}>
      <Base.Portal>
        <Base.Backdrop className="backdrop-motion fixed inset-0 z-40 bg-scrim" />
        <Base.Popup
          className={cn(
            'backdrop-motion fixed inset-x-0 top-[max(16px,12vh)] z-40 mx-auto flex max-h-[calc(100dvh-32px)] w-[calc(100vw-32px)] flex-col rounded-lg border border-line bg-raised shadow-float outline-none sm:max-h-[76vh]',
            WIDTHS[width],
          )}
        >
          <header className="flex items-start gap-4 px-5 pt-4 pb-3">
            <div className="min-w-0 flex-1">
              <Base.Title className="text-section font-semibold">{title}</Base.Title>
              {description && <Base.Description className="mt-1 text-ink-2">{description}</Base.Description>}
            </div>
            {closable && (
              <Base.Close aria-label="Close" className={cn(iconButtonStyle, '-mr-1.5 size-7')}>
                <X aria-hidden />
              </Base.Close>
            )}
          </header>
          {children && <div className="min-h-0 flex-1 overflow-y-auto px-5 pt-1 pb-5">{children}</div>}
          {footer && <footer className="flex justify-end gap-2 border-t border-line px-5 py-3">{footer}</footer>}
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  );
}
