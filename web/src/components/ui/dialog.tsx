'use client';
import { lazy, type ReactNode, Suspense } from 'react';
import { useOnceTrue } from './use-once-true';

export interface DialogProps {
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

const DialogPopup = lazy(() => import('./dialog-popup').then(({ DialogPopup }) => ({ default: DialogPopup })));

/** Fetched when it is first opened. */
export function Dialog(props: DialogProps) {
  if (!useOnceTrue(props.open)) return null;
  return (
    <Suspense>
      <DialogPopup {...props} />
    </Suspense>
  );
}
