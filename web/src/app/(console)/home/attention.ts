import { count, plural } from '../../../format';
import type { Notice } from '../notices/notice';
import { unpricedHref } from '../usage/unpriced/href';

interface Facts {
  readonly month: { readonly unpricedCalls: number } | undefined;
  readonly lastHour:
    | readonly {
        readonly key: string;
        readonly label: string;
        readonly totals: { readonly calls: number; readonly failedCalls: number };
      }[]
    | undefined;
  readonly providers:
    | readonly { readonly name: string; readonly displayName: string; readonly enabled: boolean }[]
    | undefined;
  /** What the figures need, as the control plane found. */
  readonly figures: readonly Notice[] | undefined;
  readonly meter:
    | { readonly quarantined: number; readonly proxies: readonly { readonly current: boolean }[] }
    | undefined;
  /** Days that stood out, and tokens that soon end. */
  readonly others?: readonly Notice[];
}

/** A provider is failing when this share of its calls of the last hour failed, and it was more than a single one. */
const FAILING_SHARE = 0.05;
const FAILING_AT_LEAST = 2;

/** What somebody should look at, worst first. */
export function noticesFrom({
  month,
  lastHour,
  providers,
  figures = [],
  meter,
  others = [],
}: Facts): readonly Notice[] {
  const notices: Notice[] = [];
  for (const { key, label, totals } of lastHour ?? []) {
    if (totals.failedCalls < FAILING_AT_LEAST || totals.failedCalls / totals.calls < FAILING_SHARE) continue;
    notices.push({
      id: `failing/${key}`,
      severity: 'failed',
      text: `${label}: ${count(totals.failedCalls)} of ${plural(totals.calls, 'call')} failed in the last hour`,
      href: `/providers/${key}`,
      linkText: 'See its calls',
    });
  }
  if (meter && meter.quarantined > 0) {
    notices.push({
      id: 'quarantined',
      severity: 'attention',
      text: `${plural(meter.quarantined, 'event')} could not be stored and ${meter.quarantined === 1 ? 'was' : 'were'} set aside`,
      href: '/usage',
      linkText: 'Open Cost & Usage',
    });
  }
  const behind = meter?.proxies.filter((proxy) => !proxy.current).length ?? 0;
  if (behind > 0) {
    notices.push({
      id: 'behind',
      severity: 'attention',
      text: `${plural(behind, 'proxy', 'proxies')} ${behind === 1 ? 'serves' : 'serve'} an older configuration`,
      href: '/providers',
      linkText: 'Open LLM Providers',
    });
  }
  notices.push(...others, ...figures);
  // Older ones of the month; those of the last day are named model by model.
  if (month && month.unpricedCalls > 0 && !figures.some(({ href }) => href.startsWith(unpricedHref()))) {
    notices.push({
      id: 'unpriced',
      severity: 'attention',
      text: `${plural(month.unpricedCalls, 'call')} this month ${month.unpricedCalls === 1 ? 'is' : 'are'} unpriced and in no sum of money`,
      href: unpricedHref({ range: 'mtd' }),
      linkText: 'See which models',
    });
  }
  for (const provider of providers ?? []) {
    if (provider.enabled) continue;
    notices.push({
      id: `disabled/${provider.name}`,
      severity: 'attention',
      text: `${provider.displayName} is disabled; its calls are refused`,
      href: `/providers/${provider.name}`,
      linkText: 'Open it',
    });
  }
  return notices;
}
