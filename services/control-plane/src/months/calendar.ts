import { InputError } from '../platform/errors.js';

/** A calendar month, UTC: `[from, to)` in epoch ms. */
export interface Month {
  /** `YYYY-MM` */
  readonly name: string;
  readonly from: number;
  readonly to: number;
}

const NAME = /^(20[2-9]\d)-(0[1-9]|1[0-2])$/;

export function monthOf(instantMs: number): Month {
  const date = new Date(instantMs);
  const [year, index] = [date.getUTCFullYear(), date.getUTCMonth()];
  return {
    name: `${year}-${String(index + 1).padStart(2, '0')}`,
    from: Date.UTC(year, index, 1),
    to: Date.UTC(year, index + 1, 1),
  };
}

/** Every month that `[from, to)` touches, oldest first. */
export function monthsIn(from: number, to: number): Month[] {
  const months: Month[] = [];
  for (let month = monthOf(from); month.from < to; month = monthOf(month.to)) months.push(month);
  return months;
}

/** @throws InputError `MONTH_INVALID` */
export function parseMonth(name: string): Month {
  const match = NAME.exec(name);
  if (!match) throw new InputError('MONTH_INVALID', 'Name the month as YYYY-MM, 2020-01 or later.', 'month');
  return monthOf(Date.UTC(Number(match[1]), Number(match[2]) - 1, 1));
}
