'use client';
import type { ComponentProps, ReactNode } from 'react';
import { cn } from './cn';
import { Tooltip } from './tooltip';

export interface IconButtonProps extends Omit<ComponentProps<'button'>, 'children' | 'aria-label'> {
  /** What it does: its accessible name and its tooltip. */
  label: string;
  icon: ReactNode;
  size?: 'md' | 'sm';
  /** Keys that do the same, shown in the tooltip. */
  keys?: readonly string[];
}

export const iconButtonStyle =
  'inline-flex shrink-0 items-center justify-center rounded-md text-ink-2 hover:bg-hover hover:text-ink active:bg-pressed disabled:cursor-not-allowed disabled:text-ink-3 data-popup-open:bg-hover [&_svg]:size-4';

export function IconButton({ label, icon, size = 'md', keys, className, ...rest }: IconButtonProps) {
  return (
    <Tooltip content={label} keys={keys}>
      <button
        type="button"
        {...rest}
        aria-label={label}
        className={cn(iconButtonStyle, size === 'sm' ? 'size-6' : 'size-8', className)}
      >
        {icon}
      </button>
    </Tooltip>
  );
}
