import type { ProviderSettings } from '@weir/contracts';
import type { SettingField } from '../provider-type.js';

/**
 * Regions with a Bedrock runtime endpoint; others are accepted where their name has a region's form.
 * (https://docs.aws.amazon.com/general/latest/gr/bedrock.html)
 */
const REGIONS: readonly string[] = [
  'us-east-1',
  'us-east-2',
  'us-west-1',
  'us-west-2',
  'ca-central-1',
  'ca-west-1',
  'mx-central-1',
  'sa-east-1',
  'eu-central-1',
  'eu-central-2',
  'eu-north-1',
  'eu-south-1',
  'eu-south-2',
  'eu-west-1',
  'eu-west-2',
  'eu-west-3',
  'il-central-1',
  'me-central-1',
  'me-south-1',
  'af-south-1',
  'ap-east-2',
  'ap-northeast-1',
  'ap-northeast-2',
  'ap-northeast-3',
  'ap-south-1',
  'ap-south-2',
  'ap-southeast-1',
  'ap-southeast-2',
  'ap-southeast-3',
  'ap-southeast-4',
  'ap-southeast-5',
  'ap-southeast-7',
  'us-gov-east-1',
  'us-gov-west-1',
];

const REGION = /^[a-z]{2,4}(?:-[a-z]{2,5})?-[a-z]{4,9}-\d{1,2}$/;

export const REGION_FIELD: SettingField = {
  name: 'region',
  label: 'Region',
  required: true,
  placeholder: 'us-east-1',
  help: 'The AWS region whose Bedrock endpoint is called and signed for; it is shown at the top right of the AWS console.',
  pattern: REGION,
  options: REGIONS,
};

/** Suffixes of the partitions' public endpoints; GovCloud has that of the commercial regions. */
const SUFFIXES: readonly (readonly [string, string])[] = [
  ['cn-', 'amazonaws.com.cn'],
  ['eusc-', 'amazonaws.eu'],
  ['us-iso-', 'c2s.ic.gov'],
  ['us-isob-', 'sc2s.sgov.gov'],
];

function suffixOf(region: string): string {
  return SUFFIXES.find(([prefix]) => region.startsWith(prefix))?.[1] ?? 'amazonaws.com';
}

/** Null until a region is chosen. */
export function baseUrlFor({ region }: ProviderSettings): string | null {
  return region !== undefined && REGION.test(region) ? `https://bedrock-runtime.${region}.${suffixOf(region)}` : null;
}

const RUNTIME_HOST = /^(https:\/\/)bedrock-runtime((?:-fips)?\.[a-z0-9-]+\.amazonaws\.(?:com|com\.cn|eu))\/?$/;

/** AWS lists models at the control plane's endpoint of the same region; a base URL of one's own answers for itself. */
export function modelListBaseUrl(baseUrl: string): string {
  return baseUrl.replace(RUNTIME_HOST, '$1bedrock$2');
}
