import { Injectable } from '@nestjs/common';
import { providerType } from '@weir/contracts';
import type { CatalogModel } from '@weir/pricing';
import type { Provider } from '@weir/prisma';
import { PrismaService } from '../platform/prisma.service.js';
import type { Viewer } from '../platform/viewer.js';
import { CatalogService } from './catalog.service.js';
import { type OverrideRates, parseModel, parseRates } from './override-input.js';
import { findProvider, OverridesService } from './overrides.service.js';
import type { BucketRateInput } from './rate-card.inputs.js';
import { bucketsOf, exampleOf } from './rate-card.js';
import type { RateCard, RateCardPreview } from './rate-card.types.js';
import { warningsOf } from './warnings.js';

/** What a model of a provider costs, and would cost. */
@Injectable()
export class RateCardsService {
  constructor(
    private readonly prisma: PrismaService,
    private readonly catalog: CatalogService,
    private readonly overrides: OverridesService,
  ) {}

  /** @throws InputError, NotFound */
  async card({ projectId }: Viewer, providerName: string, rawModel: string): Promise<RateCard> {
    const model = parseModel(rawModel);
    const provider = await findProvider(this.prisma, projectId, providerName);
    const { listed, priceVersion } = await this.listed(provider, model);
    const buckets = bucketsOf(listed, await this.overrideOf(provider, model, listed));
    const history = await this.overrides.history(projectId, provider.name, model);
    return { model, priceVersion, buckets, example: exampleOf(buckets), history };
  }

  /** @throws InputError, NotFound */
  async preview(
    { projectId }: Viewer,
    providerName: string,
    rawModel: string,
    rates: readonly BucketRateInput[],
  ): Promise<RateCardPreview> {
    const provider = await findProvider(this.prisma, projectId, providerName);
    const { listed } = await this.listed(provider, parseModel(rawModel));
    const buckets = bucketsOf(listed, parseRates(rates));
    return { example: exampleOf(buckets), warnings: warningsOf(buckets) };
  }

  private async listed({ type }: Provider, model: string) {
    const inForce = await this.catalog.inForce();
    const known = providerType.safeParse(type);
    const listed: CatalogModel | null =
      inForce && known.success ? inForce.catalog.find(known.data, model, Date.now()) : null;
    return { listed, priceVersion: listed && inForce ? inForce.version.id : null };
  }

  /** As a call is rated: that of the very id, else that of the model the catalog takes it for. */
  private async overrideOf({ projectId, name }: Provider, model: string, listed: CatalogModel | null) {
    const models = [...new Set([model, listed?.model ?? model])];
    const rows = await this.prisma.priceOverride.findMany({
      where: { projectId, provider: name, model: { in: models }, validUntil: null },
    });
    const row = models.flatMap((id) => rows.filter((found) => found.model === id))[0];
    return (row?.rates ?? {}) as OverrideRates;
  }
}
