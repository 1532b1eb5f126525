export { type Query, type Reader, reader, type Writer, type WriterOptions, writer } from './client.js';
export { type Booked, type BookedSums, bookedBy } from './ledger/booked.js';
export { countRun, entriesOf, type LedgerRow, runPage, storedBatch } from './ledger/entries.js';
export { countEvents, eventsPage, type LedgerEvent, type LedgerKey } from './ledger/events-page.js';
export { assertSchema, type MigrateOptions, migrate } from './migrate.js';
export { type CallRating, type RatingLine, ratingLine } from './queries/call-ratings.js';
export { type Call, type CallFilter, type CallPage, type CallsPageOptions, callsPage } from './queries/calls-page.js';
export { USAGE_DIMENSIONS, type UsageDimension } from './queries/dimension.js';
export { COST_TYPES, type CostType, TOKEN_TYPES, type TokenType } from './queries/kinds.js';
export { type LedgerEntry, ledgerEntries } from './queries/ledger-entries.js';
export { type MeterCounts, meterCounts } from './queries/meter-counts.js';
export { oneCall } from './queries/one-call.js';
export { KPI_DAYS, type ProviderKpis, providerKpis } from './queries/provider-kpis.js';
export { bucketStarts, INTERVALS, type Interval } from './queries/time/buckets.js';
export { offsetAt } from './queries/time/zone.js';
export { type TotalReceipt, type TotalReceiptLine, totalReceipt } from './queries/total-receipt.js';
export { storeTime } from './queries/unchanged.js';
export { type UnpricedModel, unpricedModels } from './queries/unpriced-models.js';
export { type BreakdownOptions, type UsageGroup, type UsageOrder, usageBreakdown } from './queries/usage-breakdown.js';
export { type ByModelOptions, type ModelUsage, usageByModel } from './queries/usage-by-model.js';
export { type MonthUsage, usageByMonth } from './queries/usage-by-month.js';
export { type FacetsOptions, type UsageFacet, type UsageFacets, usageFacets } from './queries/usage-facets.js';
export {
  type OverTimeOptions,
  type UsageGroupSeries,
  type UsageSeries,
  usageOverTime,
} from './queries/usage-over-time.js';
export { type QualityOptions, type QualityPoint, type UsageQuality, usageQuality } from './queries/usage-quality.js';
export {
  keyOfRow,
  REPORT_DIMENSIONS,
  type ReportColumn,
  type ReportDimension,
  type ReportQuery,
  type ReportRow,
  reportColumns,
  reportParquet,
  reportRows,
} from './queries/usage-report.js';
export { usageRevision } from './queries/usage-revision.js';
export { type UsageSilence, usageSilence } from './queries/usage-silence.js';
export { usageTagKeys } from './queries/usage-tag-keys.js';
export { type UsageTotals, usageTotals } from './queries/usage-totals.js';
export { EARLIEST_MS, LATEST_MS, type Scope, type TagFilter, type UsageFilter } from './scope.js';
export { type Streamer, streamer } from './stream.js';
export type { BatchTable, StoredBatch } from './tables/batch-table.js';
export { type QuarantinedEventRow, quarantinedEventsTable } from './tables/quarantined-events.js';
export { type RatingRow, ratingRow, ratingsTable } from './tables/ratings.js';
export { type UsageEventRow, usageEventRow, usageEventsTable } from './tables/usage-events.js';
