import { Args, Int, Mutation, Query, Resolver } from '@nestjs/graphql';
import { Allow } from '../platform/policy.js';
import { CurrentViewer, type Viewer } from '../platform/viewer.js';
import { CreateProviderInput, ProviderFilter, UpdateProviderInput } from './providers.inputs.js';
import { ProvidersService } from './providers.service.js';
import { ProviderObject, ProviderPage, ProviderTypeType } from './providers.types.js';

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
  ): Promise<ProviderPage> {
    return this.providers.list(viewer, filter ?? {}, first ?? 100, after ?? null);
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
