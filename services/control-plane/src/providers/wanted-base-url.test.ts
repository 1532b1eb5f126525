import { providerTypeOf } from '@weir/providers';
import { expect, test } from 'vitest';
import type { ProviderRow } from './providers.types.js';
import { wantedBaseUrl } from './wanted-base-url.js';

const bedrock = providerTypeOf('bedrock');
const address = (region: string) => `https://bedrock-runtime.${region}.amazonaws.com`;
const row = (baseUrl: string, region: string) => ({ baseUrl, settings: { region } }) as unknown as ProviderRow;
const FOLLOWING = row(address('us-east-1'), 'us-east-1');
const OWN = row('https://vpce-1.bedrock-runtime.us-east-1.vpce.amazonaws.com', 'us-east-1');

test.each<[string, string | null | undefined, ProviderRow | null, string]>([
  ['given', ' https://own.example ', null, 'https://own.example'],
  ['given over one there is', 'https://own.example', FOLLOWING, 'https://own.example'],
  ['of the type where none is given', null, null, address('eu-west-1')],
  ['that followed from the region', undefined, FOLLOWING, address('eu-west-1')],
  ['of its own', undefined, OWN, OWN.baseUrl],
  ['cleared', '', OWN, address('eu-west-1')],
])('an address %s', (_, given, stored, expected) => {
  expect(wantedBaseUrl(bedrock, given, stored, { region: 'eu-west-1' })).toBe(expected);
});

test('where nothing follows, one is asked for', () => {
  for (const given of [null, undefined, '', '  ']) {
    expect(() => wantedBaseUrl(providerTypeOf('openai_compatible'), given, null, {})).toThrow(
      expect.objectContaining({ code: 'BASE_URL_REQUIRED', detail: { field: 'baseUrl' } }),
    );
  }
});
