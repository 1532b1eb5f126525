import type { TimeSeries } from '../../../components/charts/series';
import { count } from '../../../format';

export interface UsageGroup {
  readonly key: string;
  readonly label: string;
  readonly providerType: string | null;
  readonly other: boolean;
  readonly deleted: boolean;
  readonly spend: readonly string[];
  readonly calls: readonly number[];
  readonly tokens: readonly number[];
}

/** Calls per group that are in no amount. */
export type UnpricedCalls = ReadonlyMap<string, number>;

const isZero = (decimal: string) => /^-?0(\.0*)?$/.test(decimal);
/** The key of the rest may be anybody's, an empty name too: it gets one that no name can have. */
const keyOf = (group: UsageGroup) => (group.other ? ' other' : group.key);
const labelOf = ({ label, deleted }: UsageGroup) => (deleted ? `${label} (deleted)` : label);

function seriesOf(group: UsageGroup, values: TimeSeries['values'], note?: string): TimeSeries {
  return {
    key: keyOf(group),
    label: labelOf(group),
    values,
    group: group.providerType,
    other: group.other,
    note,
  };
}

/**
 * Spend per group. A bucket that had calls but no amount is unknown, not zero, in a group with unpriced calls. Calls
 * without a price (`allUnpricedCalls` of them, those of the rest included) are noted beside the group's total, since they are not in it.
 */
export function spendSeries(
  groups: readonly UsageGroup[],
  unpriced: UnpricedCalls,
  allUnpricedCalls: number,
): TimeSeries[] {
  const named = groups.filter(({ other }) => !other).map(({ key }) => unpriced.get(key) ?? 0);
  const rest = Math.max(0, allUnpricedCalls - named.reduce((sum, calls) => sum + calls, 0));
  return groups.map((group) => {
    const without = group.other ? rest : (unpriced.get(group.key) ?? 0);
    if (without === 0) return seriesOf(group, group.spend);
    const values = group.spend.map((amount, index) =>
      isZero(amount) && (group.calls[index] ?? 0) > 0 ? null : amount,
    );
    const isWhollyUnpriced = group.spend.every(isZero);
    return seriesOf(group, values, isWhollyUnpriced ? undefined : `+ ${count(without)} unpriced`);
  });
}

export const requestSeries = (groups: readonly UsageGroup[]): TimeSeries[] =>
  groups.map((group) => seriesOf(group, group.calls));

export const tokenSeries = (groups: readonly UsageGroup[]): TimeSeries[] =>
  groups.map((group) => seriesOf(group, group.tokens));
