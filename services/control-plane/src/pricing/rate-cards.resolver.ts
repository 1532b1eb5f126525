import { Args, Mutation, Query, Resolver } from '@nestjs/graphql';
import { Allow } from '../platform/policy.js';
import { DateTime } from '../platform/scalars.js';
import { CurrentViewer, type Viewer } from '../platform/viewer.js';
import { OverridesService } from './overrides.service.js';
import { BucketRateInput, SetPriceOverrideInput } from './rate-card.inputs.js';
import { PriceOverrideType, RateCard, RateCardPreview } from './rate-card.types.js';
import { RateCardsService } from './rate-cards.service.js';

const TIER = { type: () => String, nullable: true };

@Resolver(() => RateCard)
export class RateCardsResolver {
  constructor(
    private readonly cards: RateCardsService,
    private readonly overrides: OverridesService,
  ) {}

  @Query(() => RateCard)
  @Allow('provider.read')
  rateCard(
    @CurrentViewer() viewer: Viewer,
    @Args('provider', { type: () => String }) provider: string,
    @Args('model', { type: () => String }) model: string,
    @Args('serviceTier', TIER) serviceTier: string | null,
  ): Promise<RateCard> {
    return this.cards.card(viewer, { provider, model, serviceTier });
  }

  @Query(() => RateCardPreview, { description: 'What these rates would make of the card. Nothing is stored.' })
  @Allow('provider.read')
  previewRateCard(
    @CurrentViewer() viewer: Viewer,
    @Args('provider', { type: () => String }) provider: string,
    @Args('model', { type: () => String }) model: string,
    @Args('rates', { type: () => [BucketRateInput] }) rates: BucketRateInput[],
    @Args('serviceTier', TIER) serviceTier: string | null,
    @Args('currency', { type: () => String, nullable: true }) currency: string | null,
  ): Promise<RateCardPreview> {
    return this.cards.preview(viewer, { provider, model, rates, serviceTier, currency });
  }

  @Query(() => [PriceOverrideType], { description: 'Overrides in force, by model.' })
  @Allow('provider.read')
  priceOverrides(
    @CurrentViewer() viewer: Viewer,
    @Args('provider', { type: () => String }) provider: string,
  ): Promise<PriceOverrideType[]> {
    return this.overrides.list(viewer, provider);
  }

  @Mutation(() => RateCard, {
    description: 'Holds for calls that began at or after `validFrom`, else now; what is booked keeps its price.',
  })
  @Allow('provider.write')
  async setPriceOverride(
    @CurrentViewer() viewer: Viewer,
    @Args('input') input: SetPriceOverrideInput,
  ): Promise<RateCard> {
    await this.overrides.set(viewer, input);
    return this.cards.card(viewer, input);
  }

  @Mutation(() => RateCard, {
    description: 'Back to the catalog for calls that began at or after `validFrom`, else now.',
  })
  @Allow('provider.write')
  async clearPriceOverride(
    @CurrentViewer() viewer: Viewer,
    @Args('provider', { type: () => String }) provider: string,
    @Args('model', { type: () => String }) model: string,
    @Args('serviceTier', TIER) serviceTier: string | null,
    @Args('validFrom', { type: () => DateTime, nullable: true }) validFrom: Date | null,
  ): Promise<RateCard> {
    await this.overrides.clear(viewer, { provider, model, serviceTier, validFrom });
    return this.cards.card(viewer, { provider, model, serviceTier });
  }
}
