import { Args, Int, Mutation, Query, Resolver } from '@nestjs/graphql';
import { Allow } from '../platform/policy.js';
import { CurrentViewer, type Viewer } from '../platform/viewer.js';
import { ProviderTypeType } from './definition.types.js';
import { CreateProviderInput, ProviderFilter, ProviderSort, UpdateProviderInput } from './providers.inputs.js';
import { ProvidersService } from './providers.service.js';
import { ProviderObject, ProviderPage } from './providers.types.js';

@Resolver(() => ProviderObject)
export class ProvidersResolver {
  constructor(private readonly providers: ProvidersService) {}

  @Query(() => [ProviderTypeType])
  @Allow('provider.read')
  providerTypes(): ProviderTypeType[] {
    return this.providers.types();
  }

  @Query(() => String, { description: "Every proxy URL is this followed by the provider's name." })
  @Allow('provider.read')
  proxyUrlPrefix(): string {
    return this.providers.proxyUrlPrefix;
  }

  @Query(() => ProviderPage, { name: 'providers' })
  @Allow('provider.read')
  list(
    @CurrentViewer() viewer: Viewer,
    @Args('filter', { type: () => ProviderFilter, nullable: true }) filter: ProviderFilter | null,
    @Args('first', { type: () => Int, nullable: true, defaultValue: 100 }) first: number | null,
    @Args('after', { type: () => String, nullable: true }) after: string | null,
    @Args('sort', { type: () => ProviderSort, nullable: true, defaultValue: ProviderSort.name })
    sort: ProviderSort | null,
    @Args('descending', { type: () => Boolean, nullable: true, defaultValue: false }) descending: boolean | null,
  ): Promise<ProviderPage> {
    return this.providers.list(viewer, {
      filter: filter ?? {},
      sort: sort ?? ProviderSort.name,
      descending: descending ?? false,
      first: first ?? 100,
      after: after ?? null,
    });
  }

  @Query(() => ProviderObject, { name: 'provider', nullable: true })
  @Allow('provider.read')
  get(
    @CurrentViewer() viewer: Viewer,
    @Args('name', { type: () => String }) name: string,
  ): Promise<ProviderObject | null> {
    return this.providers.get(viewer, name);
  }

  @Mutation(() => ProviderObject)
  @Allow('provider.write')
  createProvider(@CurrentViewer() viewer: Viewer, @Args('input') input: CreateProviderInput): Promise<ProviderObject> {
    return this.providers.create(viewer, input);
  }

  @Mutation(() => ProviderObject)
  @Allow('provider.write')
  updateProvider(@CurrentViewer() viewer: Viewer, @Args('input') input: UpdateProviderInput): Promise<ProviderObject> {
    return this.providers.update(viewer, input);
  }

  @Mutation(() => ProviderObject)
  @Allow('provider.write')
  setProviderEnabled(
    @CurrentViewer() viewer: Viewer,
    @Args('name', { type: () => String }) name: string,
    @Args('enabled', { type: () => Boolean }) enabled: boolean,
  ): Promise<ProviderObject> {
    return this.providers.setEnabled(viewer, name, enabled);
  }

  @Mutation(() => [ProviderObject], { description: 'All of them or none, as one change.' })
  @Allow('provider.write')
  setProvidersEnabled(
    @CurrentViewer() viewer: Viewer,
    @Args('names', { type: () => [String] }) names: string[],
    @Args('enabled', { type: () => Boolean }) enabled: boolean,
  ): Promise<ProviderObject[]> {
    return this.providers.setAllEnabled(viewer, names, enabled);
  }

  @Mutation(() => Boolean, { description: '`confirmName` must equal the name.' })
  @Allow('provider.write')
  deleteProvider(
    @CurrentViewer() viewer: Viewer,
    @Args('name', { type: () => String }) name: string,
    @Args('confirmName', { type: () => String }) confirmName: string,
  ): Promise<boolean> {
    return this.providers.delete(viewer, name, confirmName);
  }
}
