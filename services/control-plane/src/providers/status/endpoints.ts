import { availabilityOf, type EndpointAvailability, type ProviderScope } from '@weir/providers';

/** An address of a provider, as an app calls it. */
export interface Endpoint {
  /** What it is for: `chat`, `embeddings`, ... */
  readonly capability: string;
  /** As usage events name it; `opaque` where they have no name for it, null when there is none. */
  readonly name: string | null;
  /** What follows the proxy URL; null when there is none. */
  readonly path: string | null;
  readonly isServed: boolean;
  /** Why not, or what is worth knowing. */
  readonly reason: string | null;
}

/** Ways of calling other endpoints, without an address of their own. */
const isFeature = ({ capability }: EndpointAvailability) => capability === 'streaming' || capability === 'tools';

/** Every endpoint that a provider of this kind has or lacks. */
export function endpointsOf(scope: ProviderScope | null): Endpoint[] {
  if (scope === null) return [];
  return availabilityOf(scope)
    .filter((row) => !isFeature(row))
    .map(({ capability, endpoint, path, isServed, reason }) => ({
      ...{ capability, path, isServed, reason },
      name: endpoint,
    }));
}
