import { InputError } from '../platform/errors.js';
import type { UsageDimension } from './enums.js';
import { toTagKey } from './filter.js';

export interface Grouping {
  readonly groupBy: UsageDimension;
  readonly tagKey?: string | undefined;
}

/** @throws InputError on `tagKey` */
export function toGrouping(groupBy: UsageDimension, tagKey: string | null | undefined): Grouping {
  if (groupBy !== 'tag') return { groupBy };
  if (tagKey) return { groupBy, tagKey: toTagKey(tagKey, 'tagKey') };
  throw new InputError('TAG_KEY_MISSING', 'Say by which tag to split, for example "team".', 'tagKey');
}
