import { countOf } from '../json/value.js';
import type { UsageConvention } from './usage-convention.js';

/** Rankings are stated in tokens under `usage`, or as Cohere bills them, in searches under `meta`. */
export function rerankUsage(convention: UsageConvention): UsageConvention {
  return {
    ...convention,
    writes: 'nothing',
    otherUsagePath: 'meta.billed_units',
    othersOf: (usage) => ({ ...convention.othersOf?.(usage), searchUnits: countOf(usage.search_units) }),
  };
}
