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

/** @throws InputError `COUNT_INVALID` */
export function inBounds(field: string, value: number, max: number): void {
  if (Number.isInteger(value) && value >= 1 && value <= max) return;
  throw new InputError('COUNT_INVALID', `Ask for 1 to ${max} at a time.`, field);
}
