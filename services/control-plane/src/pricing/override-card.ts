import type { OverrideTier } from '@weir/contracts';
import { supersede } from '@weir/pricing';
import type { PriceOverride } from '@weir/prisma';
import type { OverrideRates } from './override-input.js';

/** What somebody sets for one model and service tier, from a time on. */
export interface OverrideCard {
  readonly provider: string;
  readonly model: string;
  /** null = every tier. */
  readonly serviceTier: OverrideTier | null;
  readonly currency: string;
  /** Empty = the catalog holds. */
  readonly rates: OverrideRates;
}

export interface CardChange {
  readonly from: Date;
  readonly knownFrom: Date;
}

/** What setting a card ends, and what that leaves. @param rows of the card's model and tier */
export function replacedBy(rows: readonly PriceOverride[], { from, knownFrom }: CardChange) {
  const periods = rows.map((row) => ({
    ...{ row, from: row.validFrom.getTime(), until: row.validUntil?.getTime() ?? null },
    ...{ knownFrom: row.knownFrom.getTime(), knownUntil: row.knownUntil?.getTime() ?? null },
  }));
  const { ended, left } = supersede(periods, { from: from.getTime(), knownFrom: knownFrom.getTime() });
  return {
    ended: ended.map(({ row }) => row),
    left: left.map(({ row }) => ({ ...row, rates: ratesOf(row), validUntil: from, knownFrom })),
  };
}

/** Whether the rows say already what the card would make them say. */
export function saysTheSame(rows: readonly PriceOverride[], from: Date, { rates, currency }: OverrideCard): boolean {
  const reached = rows.filter(({ validUntil }) => validUntil === null || validUntil > from);
  if (isEmpty(rates)) return reached.every((row) => isEmpty(ratesOf(row)));
  const [only, ...others] = reached;
  if (!only || others.length > 0 || only.validFrom > from) return false;
  return only.currency === currency && textOf(ratesOf(only)) === textOf(rates);
}

export function ratesOf({ rates }: Pick<PriceOverride, 'rates'>): OverrideRates {
  return rates as OverrideRates;
}

export function isEmpty(rates: OverrideRates): boolean {
  return Object.keys(rates).length === 0;
}

function textOf(rates: OverrideRates): string {
  return JSON.stringify(Object.entries(rates).sort(([a], [b]) => (a < b ? -1 : 1)));
}
