import { InputError } from '../platform/errors.js';
import type { UsageFilter } from './usage.inputs.js';

const MAX_FILTER_VALUES = 500;

/** @throws InputError `FILTER_TOO_LONG` */
export function toFilter({ providers, models, apps, environments }: UsageFilter) {
  const filter = { providers, models, apps, environments };
  const entries = Object.entries(filter).map(([field, values]) => {
    if ((values?.length ?? 0) > MAX_FILTER_VALUES) {
      throw new InputError('FILTER_TOO_LONG', `Name at most ${MAX_FILTER_VALUES} ${field}.`, 'filter');
    }
    return [field, values ?? undefined];
  });
  return Object.fromEntries(entries) as { [Field in keyof typeof filter]: string[] | undefined };
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

/** @throws InputError `COUNT_INVALID` */
export function inBounds(field: string, value: number, max: number): void {
  if (Number.isInteger(value) && value >= 1 && value <= max) return;
  throw new InputError('COUNT_INVALID', `Ask for 1 to ${max} at a time.`, field);
}
