import type { UsageEvent } from '@weir/contracts';
import type { Place } from './catalog.js';

const LOCATION = /\/locations\/([^/]+)\//;

/** Where a call was served. Bedrock says it in the model id, Vertex AI in the path; of others only one place is known. */
export function placeOf({ providerType, path }: Pick<UsageEvent, 'providerType' | 'path'>): Place {
  if (providerType !== 'vertex') return 'global';
  const location = LOCATION.exec(path)?.[1];
  if (location === undefined) return 'unknown';
  return location === 'global' ? 'global' : 'regional';
}
