'use client';
import { cloneElement, lazy, type ReactElement, type ReactNode, Suspense } from 'react';
import { useIntent } from './use-intent';

export interface PopoverProps {
  trigger: ReactElement<object>;
  /** Its accessible name. */
  label: string;
  align?: 'start' | 'end';
  children: ReactNode;
  className?: string;
  /** Where something inside closes it; without these it remembers by itself. */
  open?: boolean;
  onOpenChange?: (open: boolean) => void;
}

const load = () => import('./popover-popup');
const PopoverPopup = lazy(() => load().then(({ PopoverPopup }) => ({ default: PopoverPopup })));

/** A few controls that need not stand on the page: filters, column choice. */
export function Popover(props: PopoverProps) {
  const { wanted, triggerProps } = useIntent(load, 'dialog');
  if (!wanted) {
    const onClick = () => {
      triggerProps.onClick();
      props.onOpenChange?.(true);
    };
    const opening = { ...triggerProps, onClick };
    return cloneElement(props.trigger, opening);
  }
  return (
    <Suspense fallback={props.trigger}>
      <PopoverPopup {...props} />
    </Suspense>
  );
}
