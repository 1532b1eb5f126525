import type { UsageReader } from '../provider-type.js';

/** For answers that carry no usage of ours to count: model lists, token counts, files, unknown paths. */
export const SILENT_READER: UsageReader = {
  push() {},
  sawToken: false,
  read: () => ({
    servedModel: null,
    serviceTier: null,
    meters: {},
    otherMeters: {},
    usageSource: 'none',
    rawUsage: null,
    providerStatedCostUsd: null,
    errorCode: null,
    finished: true,
  }),
};
