import { formatUsd, parseUsd } from '@weir/contracts';
import type { ExchangeRate } from '@weir/prisma';

/** USD per unit, exactly, without trailing zeros. */
export function usdPerUnitOf({ usdPerUnit }: Pick<ExchangeRate, 'usdPerUnit'>): string {
  return formatUsd(parseUsd(usdPerUnit.toFixed()));
}
