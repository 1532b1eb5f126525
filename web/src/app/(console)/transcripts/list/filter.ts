import { tagFilters } from '../../usage/state/filters';
import type { ConversationStatus } from '../search-params';

export const LISTS = ['providers', 'models', 'apps', 'users', 'agents', 'environments'] as const;

type Lists = Readonly<Record<(typeof LISTS)[number], readonly string[]>>;

export interface Asked extends Lists {
  readonly tags: readonly string[];
  readonly range: { readonly from: Date; readonly to: Date };
  readonly q: string;
  readonly status: readonly ConversationStatus[];
  readonly errors: readonly string[];
  readonly slower: string | null;
  readonly costlier: string | null;
}

/** The filter as the control plane takes it; what narrows nothing is left out. */
export function conversationFilter(asked: Asked) {
  const { q, status, errors, slower, costlier, range, tags } = asked;
  const lists = LISTS.flatMap((name) => (asked[name].length > 0 ? [[name, [...asked[name]]] as const] : []));
  return {
    ...{ from: range.from.toISOString(), to: range.to.toISOString() },
    ...(Object.fromEntries(lists) as { [Name in (typeof LISTS)[number]]?: string[] }),
    ...(tags.length > 0 ? { tags: tagFilters(tags) } : {}),
    ...(q.trim() === '' ? {} : { search: q.trim() }),
    ...(status.length > 0 ? { statuses: [...status] } : {}),
    ...(errors.length > 0 ? { errorCodes: [...errors] } : {}),
    ...(slower === null ? {} : { slowerThanMs: Math.round(Number(slower) * 1_000) }),
    ...(costlier === null ? {} : { costlierThan: costlier }),
  };
}

/** Whether anything but the range narrows the list. */
export const isNarrowed = ({ range: _range, ...rest }: Asked): boolean =>
  Object.values(rest).some((value) => value !== null && value !== '' && (!Array.isArray(value) || value.length > 0));
