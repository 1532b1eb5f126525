/** What events of the demo have in common. */
export const UNREMARKABLE = {
  ...{ v: 1, attempt: 1, method: 'POST', serviceTier: null },
  ...{ agent: null, conversation: null, traceId: null },
  ...{ abortAction: null, clientRetry: null, otherMeters: {} },
  ...{ estimator: null, estimatedMeters: [], rawUsage: null, providerStatedCostUsd: null },
  ...{ snapshotVersion: 1, proxyId: 'demo-history' },
} as const satisfies Partial<import('@weir/contracts').UsageEvent>;
