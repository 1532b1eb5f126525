/** `2026-11`, in UTC. */
export type Month = string;

const NAMES = [
  ...['January', 'February', 'March', 'April', 'May', 'June'],
  ...['July', 'August', 'September', 'October', 'November', 'December'],
];

/** `November 2026`. @throws RangeError when the text is no month */
export function monthName(month: Month): string {
  const { year, index } = partsOf(month);
  return `${NAMES[index]} ${year}`;
}

/** Half-open `[from, to)`. @throws RangeError when the text is no month */
export function monthSpan(month: Month): { from: Date; to: Date } {
  const { year, index } = partsOf(month);
  return { from: new Date(Date.UTC(year, index, 1)), to: new Date(Date.UTC(year, index + 1, 1)) };
}

export function monthOf(at: Date): Month {
  return at.toISOString().slice(0, 7);
}

/** The months that `[from, to)` touches, oldest first. */
export function monthsIn(from: Date, to: Date): Month[] {
  const months: Month[] = [];
  for (let at = from; at < to; at = monthSpan(monthOf(at)).to) months.push(monthOf(at));
  return months;
}

function partsOf(month: Month): { year: number; index: number } {
  const match = /^(\d{4})-(0[1-9]|1[0-2])$/.exec(month);
  if (!match) throw new RangeError(`not a month: ${JSON.stringify(month)}`);
  return { year: Number(match[1]), index: Number(match[2]) - 1 };
}
