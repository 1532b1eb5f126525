import type { ConversationFilter as StoredFilter } from '@weir/clickhouse';
import { InputError } from '../platform/errors.js';
import { boundedValues, toFilter } from '../usage/filter.js';
import type { ConversationFilter } from './conversations.types.js';

const MAX_SEARCH_CHARACTERS = 1_000;

/** The filter in bounds. @throws InputError on the field at fault, for example `filter.search` */
export function toConversationFilter(filter: ConversationFilter, mayReadBodies: boolean): StoredFilter {
  const { providers, models, apps, users, agents, environments, tags } = filter;
  const [from, to] = [filter.from?.getTime(), filter.to?.getTime()];
  if (from !== undefined && to !== undefined && from >= to) {
    throw new InputError('RANGE_INVALID', 'The range must begin before it ends.', 'filter.from');
  }
  return {
    ...toFilter({ providers, models, apps, users, agents, environments, tags }),
    ...{ from, to },
    search: toSearch(filter.search),
    searchIdsOnly: !mayReadBodies,
    statuses: filter.statuses ?? undefined,
    errorCodes: boundedValues('errorCodes', filter.errorCodes),
    slowerThanMs: filter.slowerThanMs ?? undefined,
    costlierThanUsd: filter.costlierThan ?? undefined,
  };
}

/** @throws InputError `SEARCH_TOO_LONG` */
export function toSearch(search: string | null | undefined, field = 'filter.search'): string | undefined {
  if ((search?.length ?? 0) > MAX_SEARCH_CHARACTERS) {
    throw new InputError('SEARCH_TOO_LONG', `Search for at most ${MAX_SEARCH_CHARACTERS} characters.`, field);
  }
  return search?.trim() ? search : undefined;
}
