import { count, duration, usd, usdExact, usdSigned, usdSignedExact } from '@/format';
import { cn } from './cn';

interface UsdProps {
  /** Exact decimal; null = unpriced. */
  amount: string | null;
  /** Why it is an estimate; draws the dotted underline. */
  estimatedBecause?: string | null | undefined;
  className?: string;
}

/** Money. The title holds every digit. */
export function Usd({ amount, estimatedBecause, className }: UsdProps) {
  if (amount === null) {
    return (
      <span className={cn('text-amber', className)} title="No price is known for this model, so its cost is unknown">
        unpriced
      </span>
    );
  }
  const exact = usdExact(amount);
  return (
    <span
      className={cn('figures', estimatedBecause && 'estimated', className)}
      title={estimatedBecause ? `${exact}, estimated: ${estimatedBecause}` : exact}
    >
      {usd(amount)}
    </span>
  );
}

/** A difference of money with its sign, so that no colour has to say which way it went. */
export function SignedUsd({ amount, className }: { amount: string; className?: string }) {
  return (
    <span className={cn('figures', className)} title={usdSignedExact(amount)}>
      {usdSigned(amount)}
    </span>
  );
}

interface CountProps {
  value: number | null;
  estimatedBecause?: string | null | undefined;
  className?: string;
}

/** A whole quantity: tokens, requests. Unknown shows a dash and says so. */
export function Count({ value, estimatedBecause, className }: CountProps) {
  const title =
    value === null
      ? 'Unknown: the upstream did not state it'
      : estimatedBecause
        ? `Estimated: ${estimatedBecause}`
        : undefined;
  return (
    <span
      className={cn('figures', value === null && 'text-ink-3', estimatedBecause && 'estimated', className)}
      title={title}
    >
      {value === null && <span className="sr-only">unknown</span>}
      <span aria-hidden={value === null || undefined}>{count(value)}</span>
    </span>
  );
}

export function Duration({ ms, className }: { ms: number | null; className?: string }) {
  return (
    <span
      className={cn('figures', ms === null && 'text-ink-3', className)}
      title={ms === null ? 'Not measured' : `${ms.toLocaleString('en-US', { maximumFractionDigits: 3 })} ms`}
    >
      {duration(ms)}
    </span>
  );
}
