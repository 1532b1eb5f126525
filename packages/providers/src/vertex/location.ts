import type { ProviderSettings } from '@weir/contracts';

/** Locations with an address of several regions. */
const MULTI_REGIONS = new Set(['us', 'eu']);

/** https://cloud.google.com/vertex-ai/generative-ai/docs/learn/locations */
export const LOCATIONS: readonly string[] = [
  ...['global', 'us', 'eu', 'us-central1', 'us-east1', 'us-east4', 'us-east5', 'us-south1', 'us-west1', 'us-west4'],
  ...['northamerica-northeast1', 'southamerica-east1', 'europe-west1', 'europe-west2', 'europe-west3', 'europe-west4'],
  ...['europe-west6', 'europe-west8', 'europe-west9', 'europe-north1', 'europe-central2', 'europe-southwest1'],
  ...['asia-east1', 'asia-east2', 'asia-northeast1', 'asia-northeast3', 'asia-south1', 'asia-southeast1'],
  ...['australia-southeast1', 'me-central1', 'me-central2', 'me-west1'],
];

export const LOCATION = /^(?:global|us|eu|[a-z]+-[a-z]+\d{1,2})$/;

/** Null until the location is known. */
export function baseUrlFor({ location }: ProviderSettings): string | null {
  if (location === undefined || !LOCATION.test(location)) return null;
  if (location === 'global') return 'https://aiplatform.googleapis.com';
  if (MULTI_REGIONS.has(location)) return `https://aiplatform.${location}.rep.googleapis.com`;
  return `https://${location}-aiplatform.googleapis.com`;
}
