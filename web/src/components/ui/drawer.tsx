'use client';
import { lazy, type ReactNode, Suspense } from 'react';
import { useOnceTrue } from './use-once-true';

export interface DrawerProps {
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

const DrawerPopup = lazy(() => import('./drawer-popup').then(({ DrawerPopup }) => ({ default: DrawerPopup })));

/** A panel from the side for the details of a row; the list stays where it was. */
export function Drawer(props: DrawerProps) {
  if (!useOnceTrue(props.open)) return null;
  return (
    <Suspense>
      <DrawerPopup {...props} />
    </Suspense>
  );
}
