import type { ConsoleClient } from '../../../e2e/console-client.js';
import type { CaseProvider } from '../../case/index.js';
import { pooled } from '../../run/pooled.js';
import type { BoundCase } from '../gateway.js';

const AWS_ACCESS_KEY_ID = 'AKIACONFORMANCE00001';
/** Where the base URL of a type's own API has a path. */
const BASE_PATHS: Readonly<Record<string, string>> = { openai: '/v1', openai_compatible: '/v1' };

/** By case and provider name: the proxy URL, and the provider's name in Weir. */
export type Providers = ReadonlyMap<string, { readonly proxyUrl: string; readonly name: string }>;
export const keyOf = (caseId: string, provider: string): string => `${caseId} ${provider}`;

/** Creates every provider and price of the cases by the API that the console uses. */
export async function setUpProviders(
  console: ConsoleClient,
  cases: readonly BoundCase[],
): Promise<{ readonly providers: Providers; readonly refused: ReadonlyMap<string, string> }> {
  const providers = new Map<string, { proxyUrl: string; name: string }>();
  const refused = new Map<string, string>();
  const setUp = async ({ case: one, origins }: BoundCase, index: number): Promise<void> => {
    for (const provider of one.providers) {
      const name = `c${index}-${provider.name}`;
      const origin = origins.get(provider.name) as string;
      const proxyUrl = await console.createProvider(inputOf(provider, name, origin));
      providers.set(keyOf(one.id, provider.name), { proxyUrl, name });
    }
    for (const { provider, model, usdPerMillion } of one.prices) {
      const rates = Object.entries(usdPerMillion).map(([bucket, rate]) => ({ bucket, usdPerMillion: rate }));
      const input = { provider: providers.get(keyOf(one.id, provider))?.name, model, rates };
      await console.ask(SET_PRICE, { input });
    }
  };
  // Changes that come together are published together.
  await pooled([...cases.entries()], AT_ONCE, ([index, one]) =>
    setUp(one, index).catch((error: Error) => {
      refused.set(one.case.id, error.message);
    }),
  );
  return { providers, refused };
}

const AT_ONCE = 8;
const SET_PRICE = 'mutation($input: SetPriceOverrideInput!) { setPriceOverride(input: $input) { model } }';

function inputOf(provider: CaseProvider, name: string, origin: string): Record<string, unknown> {
  const { type, settings, models, basePath, onClientClose, drainSeconds, usageFallback } = provider;
  return {
    ...{ name, displayName: name, type, models },
    baseUrl: origin + (basePath ?? BASE_PATHS[type] ?? ''),
    settings: Object.entries(settings).map(([setting, value]) => ({ name: setting, value })),
    ...credentialOf(provider, name),
    ...(onClientClose && { onClientClose: onClientClose.toUpperCase() }),
    ...(drainSeconds && { drainSeconds }),
    ...(usageFallback && { usageFallback: usageFallback.toUpperCase() }),
  };
}

/** Google's own credentials are exchanged at Google; the caller's is passed through in their place. */
export const isPassedThrough = (type: string): boolean => type === 'vertex';

function credentialOf({ type, key }: CaseProvider, name: string): Record<string, unknown> {
  if (isPassedThrough(type)) return { passthrough: true };
  const secretId = name.toUpperCase().replaceAll('-', '_');
  if (type !== 'bedrock') return { credentialKind: 'api_key', secretId, secretValue: key };
  return {
    credentialKind: 'aws_static_keys',
    credentials: [
      { slot: 'access_key_id', secretId: `${secretId}_ID`, secretValue: AWS_ACCESS_KEY_ID },
      { slot: 'secret_access_key', secretId, secretValue: key },
    ],
  };
}
