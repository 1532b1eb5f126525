import { median, spreadAround } from '../statistics/robust.js';

/** What one provider, model, app or user cost on days in a row, oldest first, in USD. */
export interface DailySpend {
  readonly key: string;
  readonly spend: readonly number[];
}

/** A day that cost far more than the days before it. */
export interface Outlier {
  readonly key: string;
  /** Position in `spend`. */
  readonly day: number;
  readonly actual: number;
  readonly expected: number;
  /** Days in a row that stood out; this is the one that did most. */
  readonly run: number;
}

export const BASELINE_DAYS = 28;
export const MIN_DAYS = 7;
/** In robust standard deviations. */
const MIN_SCORE = 4;
/** Of a usual day of the whole project: less is not worth anybody's time, whatever its score. */
const MIN_OF_PROJECT = 0.05;
/** The same for what had never cost anything, which has no scatter to be measured by. */
const MIN_OF_PROJECT_NEW = 0.25;
const MIN_USD = 0.01;
/** Nothing is steadier than this, in its own median. */
const MIN_SPREAD = 0.1;
const SAME_WEEKDAYS = 3;

export const METHOD =
  'Each day of every provider, model, app and user is held against the up to 28 days before it, of which at least 7 must be known: ' +
  'what is usual is their median, or that of the same weekdays where it is higher. A day stands out when it is more than 4 times ' +
  'the usual scatter (median distance to the median, scaled like a standard deviation, at least 10 % of the median) above it, and the ' +
  'excess is at least 5 % of what the project costs on a usual day and 0.01 USD; for what had cost nothing, 25 %. Days in a row are told ' +
  'once, by the worst of them. The cause compares that day with the days before it, app by app and model by model, as a change of ' +
  'spend is explained. Only days that cost more are told. Calls without a known price have no spend, and cannot stand out.';

/**
 * @param project spend of the whole project on the same days
 * @param knownFrom first day with a call in the project: days before it say nothing
 * @param range positions `[from, to)` to be looked at
 */
export function detect(
  series: readonly DailySpend[],
  project: readonly number[],
  knownFrom: number,
  range: { readonly from: number; readonly to: number },
): Outlier[] {
  const usualOfProject = (day: number) => median(project.slice(Math.max(knownFrom, day - BASELINE_DAYS), day));
  return series.flatMap(({ key, spend }) => {
    const found: Outlier[] = [];
    for (let day = Math.max(range.from, knownFrom + MIN_DAYS); day < range.to; day++) {
      const expected = standsOut(spend, day, knownFrom, usualOfProject(day));
      if (expected !== null) found.push({ key, day, actual: spend[day] ?? 0, expected, run: 1 });
    }
    return worstOfRuns(found);
  });
}

/** What was expected where the day stands out, else null. */
function standsOut(spend: readonly number[], day: number, knownFrom: number, usualOfProject: number): number | null {
  const first = Math.max(knownFrom, day - BASELINE_DAYS);
  const before = spend.slice(first, day);
  const usual = median(before);
  const sameWeekday = before.filter((_, index) => (day - first - index) % 7 === 0);
  const expected = sameWeekday.length >= SAME_WEEKDAYS ? Math.max(usual, median(sameWeekday)) : usual;
  const excess = (spend[day] ?? 0) - expected;
  const isNew = before.every((value) => value <= 0);
  const least = Math.max(MIN_USD, usualOfProject * (isNew ? MIN_OF_PROJECT_NEW : MIN_OF_PROJECT));
  if (excess < least) return null;
  const spread = Math.max(spreadAround(before, usual), MIN_SPREAD * expected);
  return excess > MIN_SCORE * spread ? expected : null;
}

function worstOfRuns(found: readonly Outlier[]): Outlier[] {
  const runs: Outlier[][] = [];
  for (const one of found) {
    const last = runs.at(-1);
    if (last?.at(-1)?.day === one.day - 1) last.push(one);
    else runs.push([one]);
  }
  return runs.map((run) => {
    const worst = run.reduce((a, b) => (b.actual - b.expected > a.actual - a.expected ? b : a));
    return { ...worst, run: run.length };
  });
}
