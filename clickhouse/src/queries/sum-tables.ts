import type { Detail } from '../scope.js';
import { SUMS_FROM, type Sum } from './sums.js';

/** Tables of sums with some details and no others. */
export interface Sums {
  readonly day: string;
  readonly hour: string;
  readonly ofHour: (sums: readonly Sum[]) => string;
  /** Which of their rows, where there are several kinds in one table. */
  readonly which: string;
  /** Columns beside those that all have, and what they are in an event. */
  readonly columns: string;
  readonly ofEvent: string;
}

const SPLIT = { day: 'split_usage_per_day_v1', hour: 'split_usage_per_hour_v1', ofHour: SUMS_FROM.sums };
const USER = { columns: ', user', ofEvent: ", ifNull(e.user, '') AS user" };
const LABELS = { columns: ', agent, tags', ofEvent: ", ifNull(e.agent, '') AS agent, e.tags AS tags" };
const TABLES: Readonly<Record<'none' | Detail | 'both', Sums>> = {
  none: {
    ...{ day: 'provider_usage_per_day_v1', hour: 'provider_usage_per_hour_v1', ofHour: SUMS_FROM.sums },
    ...{ which: '', columns: '', ofEvent: '' },
  },
  user: { ...SPLIT, ...USER, which: " AND split = 'user'" },
  labels: { ...SPLIT, ...LABELS, which: " AND split = 'labels'" },
  both: {
    ...{ day: 'usage_per_day_v1', hour: 'usage_per_hour_v1', ofHour: SUMS_FROM.wideHours, which: '' },
    ...{ columns: USER.columns + LABELS.columns, ofEvent: USER.ofEvent + LABELS.ofEvent },
  },
};

/** The smallest sums that have these details. */
export function sumsWith(details: readonly Detail[]): Sums {
  if (details.includes('user')) return TABLES[details.includes('labels') ? 'both' : 'user'];
  return TABLES[details.includes('labels') ? 'labels' : 'none'];
}
