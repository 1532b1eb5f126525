import { toScaled } from './decimal';

/** Every number on screen passes here. `null` means unknown and never reads as zero. */
export const UNKNOWN = '–';
const SCALE_DIGITS = 12;
const ONE_USD = 10n ** BigInt(SCALE_DIGITS);
const SIGNIFICANT_BELOW_ONE = 4;

const grouped = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 });

function roundTo(value: bigint, unit: bigint): bigint {
  return ((value + unit / 2n) / unit) * unit;
}

function places(value: bigint, shown: number): string {
  const digits = value.toString().padStart(SCALE_DIGITS + 1, '0');
  const whole = grouped.format(BigInt(digits.slice(0, -SCALE_DIGITS)));
  return `${whole}.${digits.slice(-SCALE_DIGITS).slice(0, shown)}`;
}

/**
 * Dollars from an exact decimal string: `$1,234.56`; below one dollar up to four significant digits (`$0.0004312`);
 * `$0.00` only for zero; null is `unpriced`.
 */
export function usd(amount: string | null): string {
  if (amount === null) return 'unpriced';
  const scaled = toScaled(amount);
  const sign = scaled < 0n ? '-' : '';
  const value = scaled < 0n ? -scaled : scaled;
  if (value >= ONE_USD || value === 0n) return `${sign}$${places(roundTo(value, ONE_USD / 100n), 2)}`;

  const leading = value.toString().length;
  const unit = leading > SIGNIFICANT_BELOW_ONE ? 10n ** BigInt(leading - SIGNIFICANT_BELOW_ONE) : 1n;
  const rounded = roundTo(value, unit);
  if (rounded >= ONE_USD) return `${sign}$${places(rounded, 2)}`;
  return `${sign}$${places(rounded, SCALE_DIGITS).replace(/(\.\d\d\d*?)0+$/, '$1')}`;
}

/** Every digit there is, for titles and copying: `$0.000000431200` reads `$0.0000004312`. */
export function usdExact(amount: string | null): string {
  if (amount === null) return 'unpriced';
  const scaled = toScaled(amount);
  const text = places(scaled < 0n ? -scaled : scaled, SCALE_DIGITS).replace(/(\.\d\d\d*?)0+$/, '$1');
  return `${scaled < 0n ? '-' : ''}$${text}`;
}

/** With that many digits after the point, zeros included: columns of money that add up under each other. */
export function usdPlaces(amount: string, shownPlaces: number): string {
  const scaled = toScaled(amount);
  return `${scaled < 0n ? '-' : ''}$${places(scaled < 0n ? -scaled : scaled, shownPlaces)}`;
}

const signed = (amount: string, text: string) => (toScaled(amount) > 0n ? `+${text}` : text);

/** A difference of money: `+$3.10`, `-$0.0004312`, `$0.00`. */
export function usdSigned(amount: string): string {
  return signed(amount, usd(amount));
}

/** Every digit of a difference, for titles. */
export function usdSignedExact(amount: string): string {
  return signed(amount, usdExact(amount));
}

const COMPACT_STEPS = [
  [1e12, 'T'],
  [1e9, 'B'],
  [1e6, 'M'],
  [1e3, 'k'],
] as const;

/** Axis ticks and tight places: `1.2 M`, `840`, `12 k`. Always beside a place where the exact figure can be read. */
export function compact(value: number): string {
  const size = Math.abs(value);
  for (const [index, [step, letter]] of COMPACT_STEPS.entries()) {
    if (size < step) continue;
    const scaled = Number((value / step).toPrecision(3));
    const above = COMPACT_STEPS[index - 1];
    if (Math.abs(scaled) >= 1000 && above) return `${Number((value / above[0]).toPrecision(3))} ${above[1]}`;
    return `${scaled} ${letter}`;
  }
  return Number(value.toPrecision(3)).toString();
}

/** `$1.2 M`, `$12 k`, `$0.0005`: axis ticks only. */
export function usdCompact(value: number): string {
  if (value !== 0 && Math.abs(value) < 1) return usd(value.toFixed(SCALE_DIGITS));
  return `${value < 0 ? '-' : ''}$${compact(Math.abs(value))}`;
}

/** Whole quantities such as tokens and requests: `12,345`. */
export function count(value: number | null): string {
  return value === null ? UNKNOWN : grouped.format(value);
}

/** Share of a whole: `12.3 %`, `< 0.1 %`; unknown when the whole is zero. */
export function percent(part: number, whole: number): string {
  if (whole === 0) return UNKNOWN;
  const share = (part / whole) * 100;
  if (share > 0 && share < 0.1) return '< 0.1 %';
  if (share < 100 && share > 99.9) return '> 99.9 %';
  return `${share.toFixed(share === 0 || share === 100 ? 0 : 1)} %`;
}

/** Milliseconds as `8.4 ms`, `840 ms`, `2.41 s`, `3 m 12 s`, `2 h 5 m`. */
export function duration(ms: number | null): string {
  if (ms === null) return UNKNOWN;
  if (ms < 9.95) return `${Number(ms.toFixed(1))} ms`;
  if (Math.round(ms) < 1000) return `${Math.round(ms)} ms`;
  if (Math.round(ms / 10) < 6000) return `${(ms / 1000).toFixed(2)} s`;
  const seconds = Math.round(ms / 1000);
  if (seconds < 3600) return `${Math.floor(seconds / 60)} m ${seconds % 60} s`;
  const minutes = Math.round(seconds / 60);
  return `${Math.floor(minutes / 60)} h ${minutes % 60} m`;
}

/** `812 B`, `12.3 KiB`, `4.1 MiB`. */
export function bytes(value: number | null): string {
  if (value === null) return UNKNOWN;
  if (value < 1024) return `${value} B`;
  const units = ['KiB', 'MiB', 'GiB', 'TiB'];
  let size = value / 1024;
  let index = 0;
  while (size >= 1023.95 && index < units.length - 1) {
    size /= 1024;
    index++;
  }
  return `${size.toFixed(1)} ${units[index]}`;
}

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const two = (value: number) => value.toString().padStart(2, '0');

/** `21 Nov 2026`, in UTC. */
export function day(at: string | Date): string {
  const date = new Date(at);
  return `${date.getUTCDate()} ${MONTHS[date.getUTCMonth()]} ${date.getUTCFullYear()}`;
}

/** `21 Nov 2026, 05:58:12 UTC`. */
export function exactTime(at: string | Date): string {
  const date = new Date(at);
  return `${day(date)}, ${two(date.getUTCHours())}:${two(date.getUTCMinutes())}:${two(date.getUTCSeconds())} UTC`;
}

/** `21 Nov 2026, 05:58 UTC`; with seconds where there are any. */
export function minuteTime(at: string | Date): string {
  const date = new Date(at);
  const seconds = date.getUTCSeconds();
  return `${day(date)}, ${two(date.getUTCHours())}:${two(date.getUTCMinutes())}${seconds === 0 ? '' : `:${two(seconds)}`} UTC`;
}

const SPANS = [
  [86_400, 'd'],
  [3_600, 'h'],
  [60, 'min'],
  [1, 's'],
] as const;

/** `just now`, `12 s ago`, `3 h ago`, `in 5 d`; the date itself beyond 30 days. */
export function relativeTime(at: string | Date, now: Date): string {
  const seconds = Math.round((now.getTime() - new Date(at).getTime()) / 1000);
  const distance = Math.abs(seconds);
  if (distance < 5) return 'just now';
  if (distance > 30 * 86_400) return day(at);
  for (const [span, unit] of SPANS) {
    if (distance < span) continue;
    const amount = `${Math.floor(distance / span)} ${unit}`;
    return seconds > 0 ? `${amount} ago` : `in ${amount}`;
  }
  return 'just now';
}

/** `1 call`, `2 calls`. */
export function plural(value: number, one: string, many = `${one}s`): string {
  return `${count(value)} ${value === 1 ? one : many}`;
}
