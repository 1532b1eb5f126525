/** Fields hold whole seconds. */
export function secondOf(at: Date): Date {
  return new Date(Math.floor(at.getTime() / 1000) * 1000);
}

/** The value of a `datetime-local` field that reads in UTC; seconds only where there are any. */
export function toField(at: Date): string {
  const text = at.toISOString().slice(0, 19);
  return text.endsWith(':00') ? text.slice(0, 16) : text;
}

/** null while the field holds no whole date and time. */
export function fromField(text: string): Date | null {
  const match = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d)?/.exec(text);
  if (!match) return null;
  const date = new Date(`${match[0]}${match[1] ? '' : ':00'}Z`);
  return Number.isNaN(date.getTime()) ? null : date;
}
