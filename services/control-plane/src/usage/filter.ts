import { traceId } from '@weir/contracts';
import { InputError } from '../platform/errors.js';
import type { UsageFilter } from './usage.inputs.js';

const MAX_FILTER_VALUES = 500;
const MAX_TAG_KEYS = 10;
/** contracts/usage-event.ts */
const MAX_TAG_KEY_CHARACTERS = 63;
/** Longer than any name, model, user or tag value that a call can carry. */
const MAX_VALUE_CHARACTERS = 1_024;

/** Kinds that the two lists of kinds may name. `tool_use`, `other` and `unpriced` are costs only. */
const TOKEN_KINDS = ['input', 'cached_input', 'cache_write', 'output', 'reasoning'] as const;
const COST_KINDS = [...TOKEN_KINDS, 'tool_use', 'other', 'unpriced'] as const;

const LISTS = ['providers', 'providerTypes', 'models', 'apps', 'users', 'agents', 'environments'] as const;
type List = (typeof LISTS)[number];

export type AskedFilter = { readonly [L in List]?: readonly string[] | undefined } & {
  readonly tags?: readonly { readonly key: string; readonly values: readonly string[] }[] | undefined;
  readonly tokenTypes?: readonly string[] | undefined;
  readonly costTypes?: readonly string[] | undefined;
};

/** The filter in bounds, without what is absent. @throws InputError on the list at fault, for example `filter.models` */
export function toFilter(filter: UsageFilter): AskedFilter {
  return {
    ...(Object.fromEntries(LISTS.map((list) => [list, boundedValues(list, filter[list])])) as {
      [L in List]: string[];
    }),
    tags: toTags(filter.tags),
    tokenTypes: kinds('tokenTypes', filter.tokenTypes, TOKEN_KINDS),
    costTypes: kinds('costTypes', filter.costTypes, COST_KINDS),
  };
}

export function boundedValues(
  list: string,
  given: readonly string[] | null | undefined,
): readonly string[] | undefined {
  const field = `filter.${list}`;
  if ((given?.length ?? 0) > MAX_FILTER_VALUES) {
    throw new InputError('FILTER_TOO_LONG', `Name at most ${MAX_FILTER_VALUES} ${list}.`, field);
  }
  if (given?.some((value) => value.length > MAX_VALUE_CHARACTERS)) {
    throw new InputError(
      'FILTER_VALUE_TOO_LONG',
      `A value of ${list} has at most ${MAX_VALUE_CHARACTERS} characters.`,
      field,
    );
  }
  return given?.length ? given : undefined;
}

function kinds(
  list: 'tokenTypes' | 'costTypes',
  given: readonly string[] | null | undefined,
  known: readonly string[],
): readonly string[] | undefined {
  const named = boundedValues(list, given);
  const strange = named?.find((kind) => !known.includes(kind));
  if (strange === undefined) return named;
  const remedy = `Choose among ${known.join(', ')}.`;
  throw new InputError('KIND_UNKNOWN', `There is no kind ${JSON.stringify(strange)}. ${remedy}`, `filter.${list}`);
}

function toTags(tags: UsageFilter['tags']): AskedFilter['tags'] {
  if (!tags?.length) return undefined;
  if (tags.length > MAX_TAG_KEYS) {
    throw new InputError('FILTER_TOO_LONG', `Filter by at most ${MAX_TAG_KEYS} tag keys.`, 'filter.tags');
  }
  const keys = new Set<string>();
  return tags.map(({ key, values: given }) => {
    const known = toTagKey(key, 'filter.tags');
    if (keys.has(known)) {
      throw new InputError('TAG_KEY_REPEATED', `Name the tag key ${known} once, with all its values.`, 'filter.tags');
    }
    keys.add(known);
    const named = boundedValues('tags', given);
    if (!named) throw new InputError('TAG_VALUES_MISSING', `Name a value of the tag ${known}.`, 'filter.tags');
    return { key: known, values: named };
  });
}

/** @throws InputError `TAG_KEY_INVALID` */
export function toTagKey(key: string, field: string): string {
  if (key.length >= 1 && key.length <= MAX_TAG_KEY_CHARACTERS) return key;
  throw new InputError('TAG_KEY_INVALID', `A tag key has 1 to ${MAX_TAG_KEY_CHARACTERS} characters.`, field);
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** @throws InputError `CALL_ID_INVALID`, `FILTER_TOO_LONG` */
export function toCallIds(callIds: readonly string[] | null | undefined): readonly string[] | undefined {
  if ((callIds?.length ?? 0) > MAX_FILTER_VALUES) {
    throw new InputError('FILTER_TOO_LONG', `Name at most ${MAX_FILTER_VALUES} calls.`, 'filter');
  }
  if (callIds?.some((id) => !UUID.test(id))) {
    throw new InputError('CALL_ID_INVALID', 'The id of a call is a UUID.', 'filter');
  }
  return callIds ?? undefined;
}

/** @throws InputError `TRACE_ID_INVALID`, `FILTER_TOO_LONG` */
export function toTraceIds(traceIds: readonly string[] | null | undefined): readonly string[] | undefined {
  if ((traceIds?.length ?? 0) > MAX_FILTER_VALUES) {
    throw new InputError('FILTER_TOO_LONG', `Name at most ${MAX_FILTER_VALUES} traces.`, 'filter');
  }
  if (traceIds?.some((id) => !traceId.safeParse(id).success)) {
    throw new InputError('TRACE_ID_INVALID', 'The id of a trace is 32 lower-case hex digits, not all 0.', 'filter');
  }
  return traceIds ?? undefined;
}

/** @throws InputError `COUNT_INVALID` */
export function inBounds(field: string, value: number, max: number, min = 1): void {
  if (Number.isInteger(value) && value >= min && value <= max) return;
  throw new InputError('COUNT_INVALID', `Ask for ${min} to ${max} at a time.`, field);
}
