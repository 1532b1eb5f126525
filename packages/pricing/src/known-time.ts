import type { PriceBook } from '@weir/contracts';

interface Believed {
  readonly knownFrom: number;
  /** null = still believed. */
  readonly knownUntil: number | null;
}

/** Whether something in the book was held to be so at a known time. */
export function isBelieved({ knownFrom, knownUntil }: Believed, knownAt: number): boolean {
  return knownFrom <= knownAt && (knownUntil === null || knownAt < knownUntil);
}

/** When the book changed, oldest first: between two of these times it says the same. */
export function changesOf({ versions, overrides, exchangeRates }: PriceBook): readonly number[] {
  const times = new Set<number>();
  for (const version of versions) times.add(knownFromOf(version));
  for (const { knownFrom, from, knownUntil } of [...overrides, ...exchangeRates]) {
    times.add(knownFrom ?? from);
    if (knownUntil !== null) times.add(knownUntil);
  }
  return [...times].sort((a, b) => a - b);
}

/** Books stored before versions told when they became known took them for known from when they count. */
export function knownFromOf({ knownFrom, effectiveFrom }: PriceBook['versions'][number]): number {
  return knownFrom ?? effectiveFrom;
}
