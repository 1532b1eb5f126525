import { usd } from '../../../../format';

export interface CatalogModel {
  readonly id: string;
  readonly displayName: string | null;
  readonly contextTokens: number | null;
  readonly rates: readonly {
    readonly bucket: string;
    readonly usdPerMillion: string;
    readonly aboveTokens: number;
    readonly serviceTier: string;
  }[];
}

/** The base-tier rate of a bucket in USD per 1M tokens; null when the catalog names none. */
export function baseRate(model: CatalogModel | undefined, bucket: string): string | null {
  return (
    model?.rates.find((rate) => rate.bucket === bucket && rate.aboveTokens === 0 && rate.serviceTier === 'default')
      ?.usdPerMillion ?? null
  );
}

/** `$2.50 in, $10.00 out per 1M`; the quiet line under a model in the picker. */
export function rateLine(model: CatalogModel): string {
  const input = baseRate(model, 'input');
  const output = baseRate(model, 'output');
  if (input === null && output === null) return 'no published rate';
  const parts = [...(input === null ? [] : [`${usd(input)} in`]), ...(output === null ? [] : [`${usd(output)} out`])];
  return `${parts.join(', ')} per 1M`;
}
