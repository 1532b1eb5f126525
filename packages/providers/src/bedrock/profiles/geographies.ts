/**
 * Prefixes of system-defined inference profiles and the regions they can be called from. `global` routes to every
 * commercial region. (https://docs.aws.amazon.com/bedrock/latest/userguide/inference-profiles-support.html,
 * https://docs.aws.amazon.com/bedrock/latest/userguide/models-region-compatibility.html, as of 2026-11-21)
 */
export const GEOGRAPHIES = ['us-gov', 'us', 'ca', 'eu', 'jp', 'au', 'in', 'apac', 'global'] as const;
export type Geography = (typeof GEOGRAPHIES)[number];

const LABELS: Readonly<Record<Geography, string>> = {
  'us-gov': 'US GovCloud',
  us: 'United States',
  ca: 'Canada',
  eu: 'Europe',
  jp: 'Japan',
  au: 'Australia',
  in: 'India',
  apac: 'Asia Pacific',
  global: 'Any region',
};

/** First match counts; the closest geography comes first. */
const BY_REGION: readonly (readonly [RegExp, readonly Geography[]])[] = [
  [/^us-gov-/, ['us-gov']],
  [/^(?:cn|eusc|us-iso[a-z]?)-/, []],
  [/^us-/, ['us', 'global']],
  [/^ca-/, ['ca', 'us', 'global']],
  [/^(?:eu|il)-/, ['eu', 'global']],
  [/^ap-northeast-[13]$/, ['jp', 'apac', 'global']],
  [/^ap-southeast-[24]$/, ['au', 'apac', 'global']],
  [/^ap-south-/, ['in', 'apac', 'global']],
  [/^ap-/, ['apac', 'global']],
  [/^[a-z]{2}-/, ['global']],
];

/** Geographies whose profiles can be called from a region, the closest first. */
export function geographiesOf(region: string): readonly Geography[] {
  return BY_REGION.find(([pattern]) => pattern.test(region))?.[1] ?? [];
}

/** For people: where requests to a geography's profiles may be processed. */
export function geographyLabel(geography: Geography): string {
  return LABELS[geography];
}
