import type { TimeSeries } from '../../../../components/charts/series';
import { count } from '../../../../format';
import { type Group, valueLabel } from '../state/filters';

export interface UsageGroup {
  readonly key: string;
  readonly label: string;
  readonly providerType: string | null;
  readonly other: boolean;
  readonly deleted: boolean;
  readonly spend: readonly string[];
  readonly calls: readonly number[];
  readonly tokens: readonly number[];
  /** Calls per bucket that are in no amount. */
  readonly unpricedCalls: readonly number[];
}

/** The key of the rest, which no group's own key can be: those are never blank at both ends. */
export const OTHER_KEY = ' other';

const isZero = (decimal: string) => /^-?0(\.0*)?$/.test(decimal);
const keyOf = (group: UsageGroup) => (group.other ? OTHER_KEY : group.key);

interface Naming {
  readonly groupBy: Group;
  /** How many groups the rest adds up. */
  readonly otherGroups: number;
}

function labelOf({ key, label, deleted, other }: UsageGroup, { groupBy, otherGroups }: Naming): string {
  if (other) return otherGroups > 0 ? `Other (${count(otherGroups)} more)` : 'Other';
  const text = key === '' ? valueLabel(groupBy, '') : label;
  return deleted ? `${text} (deleted)` : text;
}

function seriesOf(group: UsageGroup, values: TimeSeries['values'], naming: Naming, note?: string): TimeSeries {
  return {
    key: keyOf(group),
    label: labelOf(group, naming),
    values,
    // Providers of one type share its hue; of anything else each has a hue of its own.
    group: naming.groupBy === 'provider' ? group.providerType : null,
    other: group.other,
    note,
  };
}

/**
 * Spend per group. A bucket that had calls but no amount is unknown, not zero, where calls in it have no price. Those
 * are noted beside the group's total, since they are not in it.
 */
export function spendSeries(groups: readonly UsageGroup[], naming: Naming): TimeSeries[] {
  return groups.map((group) => {
    const without = group.unpricedCalls.reduce((sum, calls) => sum + calls, 0);
    if (without === 0) return seriesOf(group, group.spend, naming);
    const values = group.spend.map((amount, index) =>
      isZero(amount) && (group.unpricedCalls[index] ?? 0) > 0 ? null : amount,
    );
    const isWhollyUnpriced = group.spend.every(isZero);
    return seriesOf(group, values, naming, isWhollyUnpriced ? undefined : `+ ${count(without)} unpriced`);
  });
}

export const requestSeries = (groups: readonly UsageGroup[], naming: Naming): TimeSeries[] =>
  groups.map((group) => seriesOf(group, group.calls, naming));

export const tokenSeries = (groups: readonly UsageGroup[], naming: Naming): TimeSeries[] =>
  groups.map((group) => seriesOf(group, group.tokens, naming));
