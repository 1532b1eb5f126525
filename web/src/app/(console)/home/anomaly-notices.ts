import { day, usd } from '../../../format';
import type { Notice } from '../notices/notice';
import { type UsageShown, usageHref } from '../usage/href';

interface Anomaly {
  /** Start of the day, UTC. */
  readonly day: string;
  readonly dimension: string;
  readonly key: string;
  readonly label: string;
  readonly actual: string;
  readonly expected: string;
  readonly cause: string;
  readonly filter: readonly { readonly dimension: string; readonly key: string }[];
}

/** Beyond these a list of notices is no longer read. */
const SHOWN = 3;
const DAY_MS = 86_400_000;

const LIST_OF: Readonly<Record<string, keyof UsageShown>> = {
  provider: 'providers',
  provider_type: 'providerTypes',
  model: 'models',
  app: 'apps',
  user: 'users',
  agent: 'agents',
  environment: 'environments',
  token_type: 'tokenTypes',
  cost_type: 'costTypes',
};

/** Cost & Usage on that day, narrowed to what stood out, split by something else. */
export function anomalyHref({ day: start, dimension, key, filter }: Anomaly): string {
  const from = new Date(start);
  const narrowed = filter.length > 0 ? filter : [{ dimension, key }];
  const lists = narrowed.flatMap((one) => {
    const list = LIST_OF[one.dimension];
    return list === undefined ? [] : [[list, [one.key]] as const];
  });
  return usageHref({
    range: { from: from.toISOString(), to: new Date(from.getTime() + DAY_MS).toISOString() },
    groupBy: dimension === 'model' ? 'app' : 'model',
    ...Object.fromEntries(lists),
  });
}

/** Silence would look like an all-clear. */
export function anomaliesUnknown(reason: string): Notice {
  return {
    ...{ id: 'anomalies/unknown', severity: 'attention' },
    text: 'Whether a day stood out is not known',
    detail: reason,
    href: usageHref({ range: '7d' }),
    linkText: 'Open Cost & Usage',
  };
}

/** Days on which something cost far more than usual, biggest excess first, each with its cause. */
export function anomalyNotices(found: readonly Anomaly[]): readonly Notice[] {
  return found.slice(0, SHOWN).map((anomaly) => ({
    ...{ id: `anomaly/${anomaly.dimension}/${anomaly.key}/${anomaly.day}`, severity: 'attention' as const },
    text: `${anomaly.label || 'Calls without a name'} cost ${usd(anomaly.actual)} on ${day(anomaly.day)}; ${usd(anomaly.expected)} was to be expected`,
    detail: anomaly.cause,
    href: anomalyHref(anomaly),
    linkText: 'See that day',
  }));
}
