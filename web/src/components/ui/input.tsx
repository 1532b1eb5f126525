import type { ComponentProps, ReactNode } from 'react';
import { cn } from './cn';

export const controlStyle =
  'w-full min-w-0 rounded-md border border-edge bg-canvas text-base text-ink hover:border-ink-3 focus:border-accent focus:outline-2 focus:outline-offset-0 focus:outline-accent/35 disabled:cursor-not-allowed disabled:border-line-2 disabled:bg-sunken disabled:text-ink-3 aria-invalid:border-red aria-invalid:focus:outline-red/35';

export interface InputProps extends ComponentProps<'input'> {
  /** For ids, URLs, models and code. */
  mono?: boolean;
  icon?: ReactNode;
}

export function Input({ mono = false, icon, className, ...rest }: InputProps) {
  const input = (
    <input
      type="text"
      autoComplete="off"
      spellCheck={mono ? false : undefined}
      {...rest}
      className={cn(controlStyle, 'h-8 px-2.5', mono && 'font-mono text-table', icon && 'pl-8', className)}
    />
  );
  if (!icon) return input;
  return (
    <span className="relative block w-full">
      <span
        aria-hidden
        className="pointer-events-none absolute inset-y-0 left-2.5 flex items-center text-ink-3 [&_svg]:size-4"
      >
        {icon}
      </span>
      {input}
    </span>
  );
}

export interface TextareaProps extends ComponentProps<'textarea'> {
  mono?: boolean;
}

export function Textarea({ mono = false, className, ...rest }: TextareaProps) {
  return (
    <textarea
      rows={4}
      spellCheck={mono ? false : undefined}
      {...rest}
      className={cn(controlStyle, 'block resize-y px-2.5 py-1.5', mono && 'font-mono text-table', className)}
    />
  );
}
