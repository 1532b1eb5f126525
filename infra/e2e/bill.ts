import type { BilledUsage } from '../simulator/generation.js';
import type { ConsoleClient } from './console-client.js';

/**
 * Money worked out from the published rates and the upstream's own ledger, by none of the code under test. Amounts are
 * counts of 10^-12 USD.
 */
export interface Bill {
  readonly input: bigint;
  readonly cachedInput: bigint;
  readonly cacheWrite: bigint;
  readonly output: bigint;
  readonly reasoning: bigint;
}

interface Rate {
  readonly bucket: string;
  readonly aboveTokens: number;
  readonly serviceTier: string;
  readonly usdPerMillion: string;
}

export const PICO_PLACES = 12;

/** `0.25` -> 250_000_000_000n. @throws when it is no plain amount of at most 12 places */
export function picoUsd(text: string): bigint {
  const [, whole = '', fraction = ''] = /^(\d+)(?:\.(\d{1,12}))?$/.exec(text) ?? [];
  if (whole === '') throw new Error(`not an amount: ${text}`);
  return BigInt(whole + fraction.padEnd(PICO_PLACES, '0'));
}

export class PriceList {
  private constructor(private readonly rates: ReadonlyMap<string, readonly Rate[]>) {}

  /** What the control plane publishes for these provider types. */
  static async published(console: ConsoleClient, providerTypes: readonly string[]): Promise<PriceList> {
    const rates = new Map<string, readonly Rate[]>();
    for (const providerType of providerTypes) {
      const { catalogModels } = await console.ask<{ catalogModels: { id: string; rates: Rate[] }[] }>(
        'query($type: String!) { catalogModels(type: $type, first: 400) { id rates { bucket aboveTokens serviceTier usdPerMillion } } }',
        { type: providerType },
      );
      for (const { id, rates: published } of catalogModels) rates.set(`${providerType}/${id}`, published);
    }
    return new PriceList(rates);
  }

  /** null: nobody publishes a price for this model and tier under this provider type. */
  bill(providerType: string, model: string, serviceTier: string, used: BilledUsage): Bill | null {
    const rates = this.rates.get(`${providerType}/${model}`)?.filter((rate) => rate.serviceTier === serviceTier);
    if (!rates?.length) return null;
    const readTokens = used.input + used.cachedInput + used.cacheWrite5m + used.cacheWrite1h;
    const amount = (quantity: number, bucket: string): bigint => {
      if (quantity === 0) return 0n;
      const tiers = rates.filter(
        (rate) => rate.bucket === bucket && (rate.aboveTokens === 0 || rate.aboveTokens < readTokens),
      );
      const [dearest] = tiers.sort((a, b) => b.aboveTokens - a.aboveTokens);
      if (!dearest) throw new Error(`${model} has no published rate for ${bucket}`);
      return (BigInt(quantity) * picoUsd(dearest.usdPerMillion)) / 1_000_000n;
    };
    return {
      input: amount(used.input, 'input'),
      cachedInput: amount(used.cachedInput, 'cached_input'),
      cacheWrite: amount(used.cacheWrite5m, 'cache_write_5m') + amount(used.cacheWrite1h, 'cache_write_1h'),
      output: amount(used.output - used.reasoning, 'output'),
      reasoning: amount(used.reasoning, 'output'),
    };
  }
}

export const totalOf = (bill: Bill): bigint =>
  bill.input + bill.cachedInput + bill.cacheWrite + bill.output + bill.reasoning;
