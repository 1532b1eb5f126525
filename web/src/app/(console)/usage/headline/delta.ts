import { toScaled } from '../../../../decimal';
import { UNKNOWN } from '../../../../format';

/** `+12.3 %`, `-4.0 %`, `±0 %`, from eleven times on `×124`, `new`; unknown when there was nothing before and is nothing now. */
export function deltaText(now: number, before: number): string {
  if (before === 0) return now === 0 ? UNKNOWN : 'new';
  const percent = ((now - before) / Math.abs(before)) * 100;
  if (now === before) return '±0 %';
  const size = Math.abs(percent);
  const sign = percent > 0 ? '+' : '-';
  if (size < 0.1) return `${sign}<0.1 %`;
  if (size >= 1_000 && now / before > 0) return `×${Math.round(now / before).toLocaleString('en-US')}`;
  return `${sign}${size.toFixed(1)} %`;
}

/** The same of exact decimals; null = not known. */
export const moneyDeltaText = (now: string | null, before: string | null): string =>
  now === null || before === null ? UNKNOWN : deltaText(Number(toScaled(now)), Number(toScaled(before)));
