import type { Preset } from './range';
import { printList } from './state/list';

/** Lists of names that Cost & Usage is narrowed by. */
interface Narrowed {
  readonly providers?: readonly string[];
  readonly models?: readonly string[];
  readonly apps?: readonly string[];
  readonly users?: readonly string[];
  readonly agents?: readonly string[];
  readonly environments?: readonly string[];
  readonly providerTypes?: readonly string[];
  readonly tokenTypes?: readonly string[];
  readonly costTypes?: readonly string[];
}

export interface UsageShown extends Narrowed {
  /** A preset, or any two moments. */
  readonly range?: Exclude<Preset, 'custom'> | { readonly from: string; readonly to: string };
  readonly groupBy?: string;
  /** Beside the period before. */
  readonly compare?: boolean;
}

/** Cost & Usage with exactly this on screen. */
export function usageHref({ range, groupBy, compare, ...narrowed }: UsageShown): string {
  const query = new URLSearchParams();
  if (typeof range === 'string') query.set('range', range);
  else if (range) {
    query.set('range', 'custom');
    query.set('customStart', range.from);
    query.set('customEnd', range.to);
  }
  if (groupBy) query.set('groupBy', groupBy);
  if (compare) query.set('compare', 'true');
  for (const [name, values] of Object.entries(narrowed) as [string, readonly string[] | undefined][]) {
    if (values?.length) query.set(name, printList(values));
  }
  return query.size === 0 ? '/usage' : `/usage?${query}`;
}
