'use client';
import { Popover as Base } from '@base-ui/react/popover';
import type { ReactElement, ReactNode } from 'react';
import { cn } from './cn';
import { popupStyle } from './popup';

interface PopoverProps {
  trigger: ReactElement;
  /** Its accessible name. */
  label: string;
  align?: 'start' | 'end';
  children: ReactNode;
  className?: string;
}

/** A few controls that need not stand on the page: filters, column choice. */
export function Popover({ trigger, label, align = 'start', children, className }: PopoverProps) {
  return (
    <Base.Root>
      <Base.Trigger render={trigger} />
      <Base.Portal>
        <Base.Positioner align={align} sideOffset={4} className="z-50">
          <Base.Popup aria-label={label} className={cn(popupStyle, 'min-w-52 p-3', className)}>
            {children}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}
