import { cva, type VariantProps } from 'class-variance-authority';
import { LoaderCircle } from 'lucide-react';
import type { ComponentProps, ReactNode } from 'react';
import { Link } from '@/components/ui/link';
import { cn } from './cn';

export const buttonStyle = cva(
  'relative inline-flex shrink-0 items-center justify-center gap-1.5 rounded-md border font-medium whitespace-nowrap select-none disabled:cursor-not-allowed aria-disabled:cursor-not-allowed [&_svg]:size-4 [&_svg]:shrink-0',
  {
    variants: {
      variant: {
        primary:
          'border-transparent bg-accent text-on-accent hover:bg-accent-strong disabled:border-line disabled:bg-sunken disabled:text-ink-3',
        secondary:
          'border-line-2 bg-canvas text-ink hover:bg-hover active:bg-pressed disabled:bg-sunken disabled:text-ink-3 data-popup-open:bg-hover',
        ghost:
          'border-transparent bg-transparent text-ink-2 hover:bg-hover hover:text-ink active:bg-pressed disabled:text-ink-3 data-popup-open:bg-hover',
        danger:
          'border-line-2 bg-canvas text-red hover:border-red hover:bg-red-soft disabled:border-line disabled:bg-sunken disabled:text-ink-3',
      },
      size: { md: 'h-8 px-3 text-base', sm: 'h-7 px-2.5 text-table' },
    },
    defaultVariants: { variant: 'secondary', size: 'md' },
  },
);

type Style = VariantProps<typeof buttonStyle>;

export interface ButtonProps extends ComponentProps<'button'>, Style {
  icon?: ReactNode;
  /** Shows a spinner in place of the icon and refuses clicks; the width does not change. */
  loading?: boolean;
}

export function Button({ variant, size, icon, loading = false, disabled, className, children, ...rest }: ButtonProps) {
  return (
    <button
      type="button"
      {...rest}
      disabled={disabled || loading}
      aria-busy={loading || undefined}
      className={cn(buttonStyle({ variant, size }), className)}
    >
      {loading && !icon ? (
        <>
          <span className="invisible">{children}</span>
          <LoaderCircle aria-hidden className="absolute animate-spin" />
        </>
      ) : (
        <>
          {loading ? <LoaderCircle aria-hidden className="animate-spin" /> : icon}
          {children}
        </>
      )}
    </button>
  );
}

export interface ButtonLinkProps extends ComponentProps<typeof Link>, Style {
  icon?: ReactNode;
}

export function ButtonLink({ variant, size, icon, className, children, ...rest }: ButtonLinkProps) {
  return (
    <Link {...rest} className={cn(buttonStyle({ variant, size }), className)}>
      {icon}
      {children}
    </Link>
  );
}
