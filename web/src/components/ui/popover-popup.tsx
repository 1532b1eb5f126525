'use client';
import { Popover as Base } from '@base-ui/react/popover';
import { cn } from './cn';
import type { PopoverProps } from './popover';
import { popupStyle } from './popup';

/** Opens as soon as it is there: see `Popover`. */
export function PopoverPopup({
  trigger,
  label,
  align = 'start',
  children,
  className,
  open,
  onOpenChange,
}: PopoverProps) {
  return (
    <Base.Root {...(open === undefined ? { defaultOpen: true } : { open, onOpenChange })}>
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
