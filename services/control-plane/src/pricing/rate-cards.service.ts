import { Injectable } from '@nestjs/common';
import { type OverrideTier, providerType } from '@weir/contracts';
import type { CatalogModel } from '@weir/pricing';
import type { Provider } from '@weir/prisma';
import { PrismaService } from '../platform/prisma.service.js';
import type { Viewer } from '../platform/viewer.js';
import { CatalogService } from './catalog.service.js';
import { ExchangeRatesService } from './exchange-rates.service.js';
import { ratesOf } from './override-card.js';
import { parseCurrency, parseModel, parseRates, parseTier } from './override-input.js';
import { findProvider, IN_FORCE, OverridesService } from './overrides.service.js';
import type { BucketRateInput } from './rate-card.inputs.js';
import { bucketsOf, type CardOverride, exampleOf } from './rate-card.js';
import type { RateCard, RateCardPreview } from './rate-card.types.js';
import { warningsOf } from './warnings.js';

export interface CardQuestion {
  readonly provider: string;
  readonly model: string;
  /** null = the ordinary one. */
  readonly serviceTier?: string | null;
}

export interface PreviewQuestion extends CardQuestion {
  readonly rates: readonly BucketRateInput[];
  /** null = USD. */
  readonly currency?: string | null;
}

/** What a model of a provider costs, and would cost. */
@Injectable()
export class RateCardsService {
  constructor(
    private readonly prisma: PrismaService,
    private readonly catalog: CatalogService,
    private readonly overrides: OverridesService,
    private readonly exchangeRates: ExchangeRatesService,
  ) {}

  /** @throws InputError, NotFound */
  async card({ projectId }: Viewer, question: CardQuestion): Promise<RateCard> {
    const model = parseModel(question.model);
    const serviceTier = parseTier(question.serviceTier) ?? 'default';
    const provider = await findProvider(this.prisma, projectId, question.provider);
    const { listed, priceVersion } = await this.listed(provider, model);
    const inForce = await this.overridesOf(provider, namesOf(model, listed), serviceTier);
    const buckets = bucketsOf(listed, inForce, serviceTier);
    const history = await this.overrides.history(projectId, provider.name, model);
    return { model, serviceTier, priceVersion, buckets, example: exampleOf(buckets), history };
  }

  /**
   * The card as it would be with these rates for the tier, or for every tier where none is named.
   * @throws InputError, NotFound
   */
  async preview({ projectId }: Viewer, question: PreviewQuestion): Promise<RateCardPreview> {
    const provider = await findProvider(this.prisma, projectId, question.provider);
    const model = parseModel(question.model);
    const tier = parseTier(question.serviceTier);
    const currency = parseCurrency(question.currency);
    const { listed } = await this.listed(provider, model);
    const usdPerUnit = await this.exchangeRates.now(projectId, currency);
    const set = { rates: parseRates(question.rates), currency, usdPerUnit };
    const others = tier === null ? [] : await this.overridesOf(provider, [model], null);
    const buckets = bucketsOf(listed, [set, ...others], tier ?? 'default');
    return { example: exampleOf(buckets), warnings: warningsOf(buckets, set) };
  }

  private async listed({ type }: Provider, model: string) {
    const inForce = await this.catalog.inForce();
    const known = providerType.safeParse(type);
    const listed: CatalogModel | null =
      inForce && known.success ? inForce.catalog.find(known.data, model, Date.now()) : null;
    return { listed, priceVersion: listed && inForce ? inForce.version.id : null };
  }

  /**
   * As a call is rated: those of the very id, else those of the model the catalog takes it for; the one for the tier first.
   * @param tier null = only those for every tier
   */
  private async overridesOf(
    { projectId, name }: Provider,
    models: readonly string[],
    tier: OverrideTier | null,
  ): Promise<CardOverride[]> {
    const rows = await this.prisma.priceOverride.findMany({
      where: { projectId, provider: name, model: { in: [...models] }, ...IN_FORCE },
    });
    const holds = rows.filter((row) => row.serviceTier === null || row.serviceTier === tier);
    const mine = models.map((id) => holds.filter(({ model }) => model === id)).find((found) => found.length > 0) ?? [];
    const ordered = mine.toSorted((a, b) => Number(a.serviceTier === null) - Number(b.serviceTier === null));
    return Promise.all(
      ordered.map(async (row) => {
        const usdPerUnit = await this.exchangeRates.now(projectId, row.currency);
        return { rates: ratesOf(row), currency: row.currency, usdPerUnit };
      }),
    );
  }
}

function namesOf(model: string, listed: CatalogModel | null): readonly string[] {
  return [...new Set([model, listed?.model ?? model])];
}
