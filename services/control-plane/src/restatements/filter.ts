import { type RestatementFilter, restatementFilter } from '@weir/contracts';
import { InputError } from '../platform/errors.js';
import type { RestatementFilterInput } from './restatements.inputs.js';

const MAX_VALUES = 500;

/** @throws InputError `FILTER_TOO_LONG` */
export function parseFilter(input: RestatementFilterInput | null | undefined): RestatementFilter {
  const given = Object.entries(input ?? {}).filter(([, value]) => value !== null && value !== undefined);
  for (const [field, value] of given) {
    if (Array.isArray(value) && value.length > MAX_VALUES) {
      throw new InputError('FILTER_TOO_LONG', `Name at most ${MAX_VALUES} ${field}.`, 'filter');
    }
  }
  return restatementFilter.parse(Object.fromEntries(given));
}
