import { callsHref } from '../usage/calls/href';
import { unpricedHref } from '../usage/unpriced/href';

/** Something a person should look at, with the way to what settles it. */
export interface Notice {
  readonly id: string;
  readonly severity: 'failed' | 'attention';
  readonly text: string;
  /** A quiet second sentence: how it is known, and what to do. */
  readonly detail?: string;
  readonly href: string;
  readonly linkText: string;
}

/** What the control plane found about the figures. */
export interface FigureNotice {
  readonly id: string;
  readonly kind: 'USAGE_NOT_REPORTED' | 'MODEL_UNPRICED' | 'USAGE_ESTIMATED';
  readonly title: string;
  readonly detail: string;
  readonly provider: string | null;
  readonly model: string | null;
  readonly calls: number;
  readonly since: string;
}

/** With the action that settles it: a price, a fallback, or a look at the calls. */
export function resolved({ id, kind, title, detail, provider, model, since }: FigureNotice, now: Date): Notice {
  const about = {
    ...(provider === null ? {} : { providers: [provider] }),
    ...(model === null ? {} : { models: [model] }),
  };
  const notice = { id, severity: 'attention' as const, text: title, detail };
  switch (kind) {
    case 'MODEL_UNPRICED':
      return { ...notice, href: unpricedHref(about), linkText: 'Set a price' };
    case 'USAGE_NOT_REPORTED':
      return provider === null
        ? { ...notice, href: '/providers', linkText: 'Open LLM Providers' }
        : { ...notice, href: `/providers/${provider}?tab=settings`, linkText: 'Choose a fallback' };
    case 'USAGE_ESTIMATED':
      return { ...notice, href: callsHref({ from: since, to: now.toISOString() }, about), linkText: 'See the calls' };
  }
}

/** Beyond these a list of notices is no longer read. */
const SHOWN_OF_A_KIND = 5;

/** One line each while there are few; of more than five without a price the rest is one line. */
export function resolvedAll(found: readonly FigureNotice[], now: Date): Notice[] {
  const unpriced = found.filter(({ kind }) => kind === 'MODEL_UNPRICED').toSorted((a, b) => b.calls - a.calls);
  const others = found.filter(({ kind }) => kind !== 'MODEL_UNPRICED');
  const more = unpriced.length - SHOWN_OF_A_KIND;
  return [
    ...[...others, ...unpriced.slice(0, SHOWN_OF_A_KIND)].map((notice) => resolved(notice, now)),
    ...(more > 0
      ? [
          {
            id: 'unpriced/more',
            severity: 'attention' as const,
            text: `${more} more ${more === 1 ? 'model has' : 'models have'} no price`,
            href: unpricedHref(),
            linkText: 'See all',
          },
        ]
      : []),
  ];
}
