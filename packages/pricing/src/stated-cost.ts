import { formatUsd, type PicoUsd, type UsageEvent } from '@weir/contracts';
import { halfEven } from './exchange.js';
import type { LineRule, RatingLine } from './rating.js';

const PLACES = 12;
const MAX_DIGITS = 60;
const NUMBER = /^(\d{1,30})(?:\.(\d{1,40}))?(?:[eE]([+-]?\d{1,2}))?$/;

export interface StatedCost {
  readonly cost: PicoUsd;
  readonly line: RatingLine;
}

/**
 * What the upstream itself says the call cost, in USD, rounded half to even to 12 places; null = it says nothing or 0, which
 * is also what is sent where nothing is known.
 */
export function statedCostOf({ providerStatedCostUsd }: Pick<UsageEvent, 'providerStatedCostUsd'>): StatedCost | null {
  const stated = providerStatedCostUsd === null ? null : toPico(providerStatedCostUsd);
  if (stated === null || stated.cost === 0n) return null;
  const { cost, rule } = stated;
  const line: RatingLine = {
    ...{ bucket: 'stated_cost', quantity: 1, usdPerMillion: formatUsd(cost * 1_000_000n) },
    ...{ source: 'upstream', rule, amount: formatUsd(cost) },
  };
  return { cost, line };
}

function toPico(text: string): { cost: PicoUsd; rule: LineRule } | null {
  const match = NUMBER.exec(text.trim());
  if (!match) return null;
  const [, whole = '', fraction = '', exponent = '0'] = match;
  const digits = BigInt(whole + fraction);
  const shift = PLACES - fraction.length + Number(exponent);
  if (Math.abs(shift) > MAX_DIGITS) return null;
  if (shift >= 0) return { cost: digits * 10n ** BigInt(shift), rule: 'as_stated' };
  const divisor = 10n ** BigInt(-shift);
  const isExact = digits % divisor === 0n;
  return { cost: halfEven(digits, divisor), rule: isExact ? 'as_stated' : 'stated_rounded' };
}
