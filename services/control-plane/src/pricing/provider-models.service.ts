import { Injectable } from '@nestjs/common';
import { KPI_DAYS, type UsageGroup, usageBreakdown } from '@weir/clickhouse';
import { providerType } from '@weir/contracts';
import type { Provider } from '@weir/prisma';
import { Refusal } from '../platform/errors.js';
import { PrismaService } from '../platform/prisma.service.js';
import type { Viewer } from '../platform/viewer.js';
import { UsageReader } from '../usage/reader.service.js';
import { CatalogService } from './catalog.service.js';
import { ExchangeRatesService } from './exchange-rates.service.js';
import { ratesOf } from './override-card.js';
import { findProvider, IN_FORCE } from './overrides.service.js';
import type { ProviderModel } from './provider-models.types.js';
import { bucketsOf, type CardOverride } from './rate-card.js';

const DAY_MS = 86_400_000;
const MAX_MODELS = 1_000;

type Figures = Pick<ProviderModel, 'spendUsd' | 'requests' | 'tokens' | 'unpriced'>;
const NOT_READ: Figures = { spendUsd: null, requests: null, tokens: null, unpriced: null };
/** A model nobody called has spent nothing: this zero is known. */
const NO_CALLS: Figures = { spendUsd: '0', requests: 0, tokens: 0, unpriced: 0 };

/** The models of a provider: those it exposes, those with an override, and those called in the last 7 days. */
@Injectable()
export class ProviderModelsService {
  constructor(
    private readonly prisma: PrismaService,
    private readonly catalog: CatalogService,
    private readonly exchangeRates: ExchangeRatesService,
    private readonly usage: UsageReader,
  ) {}

  /** Biggest spend first, then by id. @throws NotFound */
  async list({ projectId }: Viewer, providerName: string): Promise<ProviderModel[]> {
    const provider = await findProvider(this.prisma, projectId, providerName);
    const [overrides, called] = await Promise.all([this.overridesOf(provider), this.calledOf(provider)]);
    const ids = new Set([...provider.models, ...overrides.keys(), ...(called?.keys() ?? [])]);
    const pricesOf = await this.prices(provider, overrides);
    const rows = [...ids].map((model): ProviderModel => {
      const exposed = provider.models.length === 0 || provider.models.includes(model);
      const figures = called === null ? NOT_READ : (called.get(model) ?? NO_CALLS);
      return { model, exposed, ...pricesOf(model), ...figures };
    });
    return rows.sort(bySpend).slice(0, MAX_MODELS);
  }

  /** Those that hold at the ordinary tier, by model: the one for it before the one for every tier. */
  private async overridesOf({ projectId, name }: Provider): Promise<Map<string, CardOverride[]>> {
    const ordinary = { OR: [{ serviceTier: null }, { serviceTier: 'default' }] };
    const where = { projectId, provider: name, ...IN_FORCE, ...ordinary };
    const orderBy = { serviceTier: { sort: 'asc', nulls: 'last' } } as const;
    const rows = await this.prisma.priceOverride.findMany({ where, orderBy, take: MAX_MODELS });
    const byModel = new Map<string, CardOverride[]>();
    for (const row of rows) {
      const usdPerUnit = await this.exchangeRates.now(projectId, row.currency);
      const override = { rates: ratesOf(row), currency: row.currency, usdPerUnit };
      byModel.set(row.model, [...(byModel.get(row.model) ?? []), override]);
    }
    return byModel;
  }

  /** null: the figures cannot be read now. */
  private async calledOf({ projectId, name }: Provider): Promise<Map<string, Figures> | null> {
    // Whole UTC days, today included, as every figure of 7 days is.
    const to = (Math.floor(Date.now() / DAY_MS) + 1) * DAY_MS;
    const scope = { projectId, from: to - KPI_DAYS * DAY_MS, to };
    try {
      const groups = await this.usage.ask((reader) =>
        usageBreakdown(reader, scope, { groupBy: 'model', first: MAX_MODELS, filter: { providers: [name] } }),
      );
      return new Map(groups.filter(({ key }) => key !== '').map((group) => [group.key, toFigures(group)]));
    } catch (error) {
      if (error instanceof Refusal) return null;
      throw error;
    }
  }

  private async prices(provider: Provider, overrides: ReadonlyMap<string, readonly CardOverride[]>) {
    const inForce = await this.catalog.inForce();
    const type = providerType.safeParse(provider.type);
    const at = Date.now();
    return (model: string) => {
      const listed = inForce && type.success ? inForce.catalog.find(type.data, model, at) : null;
      const override = overrides.get(model) ?? (listed ? overrides.get(listed.model) : undefined);
      const card = new Map(bucketsOf(listed, override ?? []).map((entry) => [entry.bucket, entry]));
      const rateOf = (bucket: 'input' | 'output') => card.get(bucket)?.effectiveUsdPerMillion ?? null;
      return {
        inCatalog: listed !== null,
        inputUsdPerMillion: rateOf('input'),
        outputUsdPerMillion: rateOf('output'),
        overridden: override !== undefined,
      };
    };
  }
}

/** Between the insert of a rating and of its event a difference can dip below nothing for a moment. */
function toFigures({ totals }: UsageGroup): Figures {
  const { spend, calls, totalTokens, unpricedCalls } = totals;
  return { spendUsd: spend, requests: calls, tokens: totalTokens, unpriced: Math.max(0, unpricedCalls) };
}

function bySpend(a: ProviderModel, b: ProviderModel): number {
  // For the order alone: the sums themselves stay text.
  const difference = Number(b.spendUsd ?? 0) - Number(a.spendUsd ?? 0) || (b.requests ?? 0) - (a.requests ?? 0);
  return difference || (a.model < b.model ? -1 : 1);
}
