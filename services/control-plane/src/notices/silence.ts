import type { UsageSilence } from '@weir/clickhouse';
import type { ProviderType } from '@weir/contracts';
import { expectsUsage } from '@weir/pricing';

/** Answers in a row that did not tell what they used: of one endpoint, or of a provider whatever the endpoint (null). */
export interface Silence {
  readonly provider: string;
  readonly endpoint: string | null;
  readonly silent: number;
  readonly estimated: number;
  /** UTC epoch ms. */
  readonly since: number;
}

/**
 * Where the last `atLeast` answers or more did not tell. A provider of which none does is named once, without its endpoints.
 * @param typeOf type of a provider by name; null = it is not known any more
 */
export function longSilences(
  found: readonly UsageSilence[],
  atLeast: number,
  typeOf: (provider: string) => ProviderType | null,
): Silence[] {
  const expected = found.filter(({ provider, endpoint }) => expectsUsage({ endpoint, providerType: typeOf(provider) }));
  return [...Map.groupBy(expected, ({ provider }) => provider)].flatMap(([provider, endpoints]) => {
    const whole = ofProvider(provider, endpoints);
    const all = whole ? [whole] : endpoints.flatMap(ofEndpoint);
    return all.filter(({ silent, estimated }) => silent + estimated >= atLeast);
  });
}

/** null = an endpoint has told since another one fell silent, so that each stands for itself; or there is only one. */
function ofProvider(provider: string, endpoints: readonly UsageSilence[]): Silence | null {
  const silences = endpoints.flatMap(ofEndpoint);
  const since = Math.min(...silences.map((one) => one.since));
  const toldAt = Math.max(...endpoints.map(({ lastReportedAt }) => lastReportedAt ?? 0));
  if (silences.length < 2 || toldAt > since) return null;
  const sum = (of: (one: Silence) => number) => silences.reduce((total, one) => total + of(one), 0);
  return {
    provider,
    endpoint: null,
    silent: sum(({ silent }) => silent),
    estimated: sum(({ estimated }) => estimated),
    since,
  };
}

function ofEndpoint({ provider, endpoint, silent, estimated, since }: UsageSilence): Silence[] {
  return since === null ? [] : [{ provider, endpoint, silent, estimated, since }];
}
