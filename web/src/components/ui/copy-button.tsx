'use client';
import { Check, Copy } from 'lucide-react';
import { useEffect, useState } from 'react';
import { Button } from './button';
import { cn } from './cn';
import { IconButton } from './icon-button';

const CONFIRM_MS = 1600;

function useCopy(text: string) {
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) return;
    const timer = setTimeout(() => setCopied(false), CONFIRM_MS);
    return () => clearTimeout(timer);
  }, [copied]);
  const copy = async () => {
    await copyText(text);
    setCopied(true);
  };
  return { copied, copy };
}

/** For menus; a button of its own is `CopyButton`. */
export async function copyText(text: string): Promise<void> {
  if (navigator.clipboard) {
    await navigator.clipboard.writeText(text);
    return;
  }
  // The clipboard API needs a secure context; a console opened by a plain-http address has only this.
  const area = document.createElement('textarea');
  area.value = text;
  area.className = 'sr-only';
  document.body.append(area);
  area.select();
  document.execCommand('copy');
  area.remove();
}

interface CopyButtonProps {
  text: string;
  /** What is copied: `Copy proxy URL`. */
  label: string;
  /** Shows the label as text instead of an icon alone. */
  withText?: boolean;
  size?: 'md' | 'sm';
  variant?: 'primary' | 'secondary' | 'ghost';
  className?: string;
}

export function CopyButton({
  text,
  label,
  withText = false,
  size = 'sm',
  variant = 'secondary',
  className,
}: CopyButtonProps) {
  const { copied, copy } = useCopy(text);
  const icon = copied ? <Check aria-hidden className="text-green" /> : <Copy aria-hidden />;
  const onClick = () => void copy();
  return (
    <>
      {withText ? (
        <Button size={size} variant={variant} icon={icon} onClick={onClick} className={className}>
          {label}
        </Button>
      ) : (
        <IconButton size={size} label={copied ? 'Copied' : label} icon={icon} onClick={onClick} className={className} />
      )}
      <span className="sr-only" aria-live="polite">
        {copied && 'Copied'}
      </span>
    </>
  );
}

interface CopyFieldProps {
  value: string;
  label: string;
  /** Wraps over several lines instead of cutting off. */
  wrap?: boolean;
  className?: string;
}

/** A value to take along, whole: a proxy URL, a token shown once. */
export function CopyField({ value, label, wrap = false, className }: CopyFieldProps) {
  return (
    <div
      className={cn(
        'flex min-h-8 w-full min-w-0 items-center gap-1 rounded-md border border-line-2 bg-sunken pr-1 pl-2.5',
        className,
      )}
    >
      <code
        className={cn('min-w-0 flex-1 py-1 font-mono text-table select-all', wrap ? 'break-all' : 'truncate')}
        title={wrap ? undefined : value}
      >
        {value}
      </code>
      <CopyButton text={value} label={label} />
    </div>
  );
}

/** An id in a cell: mono, cut short, copied by a button that appears on hover and focus. */
export function CopyId({ value, label, className }: { value: string; label: string; className?: string }) {
  return (
    <span className={cn('group/copy inline-flex max-w-full items-center gap-0.5', className)}>
      <span className="truncate font-mono text-caption" title={value}>
        {value}
      </span>
      <CopyButton
        text={value}
        label={label}
        className="relative z-1 opacity-0 group-hover/copy:opacity-100 focus-visible:opacity-100"
      />
    </span>
  );
}
