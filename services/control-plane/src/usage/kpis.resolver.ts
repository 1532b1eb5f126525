import { Context, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { KPI_DAYS, type ProviderKpis } from '@weir/clickhouse';
import type { GraphqlContext } from '../platform/graphql-context.js';
import { Allow } from '../platform/policy.js';
import { ProviderObject } from '../providers/providers.types.js';
import { UsageService } from './usage.service.js';
import { ProviderKpisType } from './usage.types.js';

const zeros = <Value>(value: Value): Value[] => Array.from({ length: KPI_DAYS }, () => value);
/** A provider without calls has spent nothing: this zero is known. */
const NO_CALLS: ProviderKpis = {
  spend: '0',
  unpricedCalls: 0,
  requests: 0,
  tokens: 0,
  spendByDay: zeros('0'),
  unpricedCallsByDay: zeros(0),
  requestsByDay: zeros(0),
  tokensByDay: zeros(0),
};

@Resolver(() => ProviderObject)
export class KpisResolver {
  constructor(private readonly usage: UsageService) {}

  @ResolveField(() => ProviderKpisType, {
    nullable: true,
    description: 'Spend, requests and tokens of the last 7 days, one value a day; null: they cannot be read right now.',
  })
  @Allow('provider.read')
  async lastSevenDays(
    @Parent() provider: ProviderObject,
    @Context() context: GraphqlContext,
  ): Promise<ProviderKpisType | null> {
    // One question answers for every provider on the page.
    const loader = context.loaders.of<string, Map<string, ProviderKpis> | null>('usage.kpis', (projectIds) =>
      Promise.all(projectIds.map((projectId) => this.usage.kpisIfReadable(projectId))),
    );
    const figures = await loader.load(provider.projectId);
    if (figures === null) return null;
    const kpis = figures.get(provider.name) ?? NO_CALLS;
    return {
      ...kpis,
      unpricedCalls: Math.max(0, kpis.unpricedCalls),
      spendByDay: [...kpis.spendByDay],
      unpricedCallsByDay: kpis.unpricedCallsByDay.map((calls) => Math.max(0, calls)),
      requestsByDay: [...kpis.requestsByDay],
      tokensByDay: [...kpis.tokensByDay],
    };
  }
}
