import { monthOf, monthSpan } from '../../month';
import { fromField, secondOf } from '../../utc-field';

export const PRESETS = ['this_month', 'last_month', 'custom'] as const;
export type Preset = (typeof PRESETS)[number];
export const PRESET_LABELS: Record<Preset, string> = {
  this_month: 'This month',
  last_month: 'Last month',
  custom: 'Custom',
};

export interface Range {
  readonly from: Date;
  readonly to: Date;
}

/** The window a preset means at `now`, in UTC; the running month ends at the second that `now` is in. */
export function presetRange(preset: Exclude<Preset, 'custom'>, now: Date): Range {
  const { from } = monthSpan(monthOf(now));
  if (preset === 'this_month') return { from, to: secondOf(now) };
  return { from: monthSpan(monthOf(new Date(from.getTime() - 1))).from, to: from };
}

/** What is wrong with a range as typed; null when it can be restated. */
export function rangeProblem(from: string, to: string, now: Date): string | null {
  const [start, end] = [fromField(from), fromField(to)];
  if (!start || !end) return 'Enter both dates, with their times.';
  if (start >= end) return 'The end must come after the start.';
  if (start > now) return 'The range must have begun: there are no calls to restate yet.';
  return null;
}
