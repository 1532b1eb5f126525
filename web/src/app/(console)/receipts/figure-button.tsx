'use client';
import type { ReactNode } from 'react';
import { cn } from '@/components/ui/cn';
import { prepareTotalReceipt } from './total/total-drawer';

interface FigureButtonProps {
  /** What the figure is, for those who do not see where it stands: `Spend this month`. */
  label: string;
  onOpen: () => void;
  className?: string;
  /** The figure as it is shown everywhere. */
  children: ReactNode;
}

/** A figure that opens to its receipt. A hairline under it says so; nothing moves when it is pointed at. */
export function FigureButton({ label, onOpen, className, children }: FigureButtonProps) {
  return (
    <button
      type="button"
      onClick={onOpen}
      onPointerEnter={prepareTotalReceipt}
      onFocus={prepareTotalReceipt}
      className={cn('figure-button rounded-sm text-left', className)}
    >
      <span className="sr-only">{label}: </span>
      {children}
      <span className="sr-only">, open its receipt</span>
    </button>
  );
}
