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
export {
  type SpanWindow,
  type TurnLink,
  tracesOf,
  tracesTogether,
  turnLinks,
  turnsInTraces,
} from './queries/spans/around.js';
export { type CallInTrace, callsInTraces } from './queries/spans/calls.js';
export { type SpanDetail, spanDetails } from './queries/spans/details.js';
export { type FoundTrace, findTraces } from './queries/spans/find.js';
export { MAX_LINKS, type SpanLink, spanLinks } from './queries/spans/links.js';
export { bucketStarts, INTERVALS, type Interval } from './queries/time/buckets.js';
export { offsetAt } from './queries/time/zone.js';
export { type TotalReceipt, type TotalReceiptLine, totalReceipt } from './queries/total-receipt.js';
export { type Conversation, getConversation } from './queries/transcripts/conversations.js';
export {
  type ConversationPage,
  type ConversationsPageOptions,
  listConversations,
} from './queries/transcripts/conversations-page.js';
export { type ErasurePreview, erasurePreview } from './queries/transcripts/erasure-preview.js';
export {
  type ExportedTurnIds,
  exportedMessages,
  exportedTurnIds,
  type SaidId,
} from './queries/transcripts/exported-turns.js';
export {
  CONVERSATION_STATUSES,
  type ConversationFilter,
  type ConversationStatus,
} from './queries/transcripts/filter.js';
export { matchingTurns } from './queries/transcripts/matching-turns.js';
export { conversationTimeline, type Timeline } from './queries/transcripts/timeline.js';
export type { BodyFacts } from './queries/transcripts/turn.js';
export { conversationPieces, type TurnBody, turnBody } from './queries/transcripts/turn-body.js';
export {
  type TurnGiven,
  type TurnKey,
  type TurnMessage,
  type TurnMessages,
  type TurnMessagesOptions,
  turnGiven,
  turnMessages,
} from './queries/transcripts/turn-messages.js';
export { turnPrompt } from './queries/transcripts/turn-prompt.js';
export {
  conversationOfCall,
  firstTurns,
  getTurn,
  listTurns,
  type PagedTurn,
  type Turn,
  type TurnPage,
  type TurnsPageOptions,
} from './queries/transcripts/turns-page.js';
export {
  conversationMessage,
  conversationMessages,
  type OutputSaid,
  type SaidMessage,
  type TurnSaid,
  type TurnsSaid,
  turnsSaid,
} from './queries/transcripts/turns-said.js';
export type { TurnsUsage } from './queries/transcripts/usage.js';
export { storeTime } from './queries/unchanged.js';
export { type UnpricedModel, unpricedModels } from './queries/unpriced-models.js';
export {
  type AroundDay,
  type AroundDaysOptions,
  type DayOfGroup,
  usageAroundDays,
} from './queries/usage-around-days.js';
export { type BreakdownOptions, type UsageGroup, type UsageOrder, usageBreakdown } from './queries/usage-breakdown.js';
export { type ByModelOptions, type ModelUsage, usageByModel } from './queries/usage-by-model.js';
export { type MonthUsage, usageByMonth } from './queries/usage-by-month.js';
export { type FacetsOptions, type UsageFacet, type UsageFacets, usageFacets } from './queries/usage-facets.js';
export {
  type OverTimeOptions,
  type UsageGroupSeries,
  type UsageSeries,
  usageOfGroups,
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
export { type SpanRow, spansTable } from './tables/spans.js';
export type {
  TranscriptBuriedLinkRow,
  TranscriptDeletionRow,
  TranscriptLinkRow,
  TranscriptMessageRow,
  TranscriptPieceRow,
  TranscriptTurnRow,
  TranscriptWantedRow,
} from './tables/transcripts/rows.js';
export {
  type TranscriptTable,
  transcriptBuriedLinksTable,
  transcriptLinksTable,
  transcriptMessagesTable,
  transcriptMovedTurnsTable,
  transcriptPiecesTable,
  transcriptTurnsTable,
  transcriptWantedTable,
} from './tables/transcripts/tables.js';
export { type UsageEventRow, usageEventRow, usageEventsTable } from './tables/usage-events.js';
export { timeText } from './time-text.js';
export { type Deletion, type DeletionScope, deletionsOf, isDeleted } from './transcripts/deletions.js';
export {
  type EarlierLink,
  linksUnder,
  messageIdsOf,
  storedContent,
  storedTurns,
  type TurnAt,
} from './transcripts/earlier.js';
export {
  buryLinks,
  CONTENT_TABLES,
  contentIdsOf,
  conversationsToErase,
  countRows,
  type ErasableTable,
  eraseRows,
  keptReferences,
  noteDeletion,
  ofOwner,
  SPAN_TABLE,
  TURN_TABLES,
  turnsOf,
} from './transcripts/erasure.js';
export { type LateTurn, latestLink, lateTurns, rowsOfTurns, type StoredTurnRow } from './transcripts/late.js';
export {
  copyTurns,
  hideStoredAnew,
  hideTurns,
  type Merge,
  mergedConversations,
  noteMerges,
  partsOf,
  purgeHidden,
  turnsIn,
  unfinishedMerges,
} from './transcripts/merging.js';
export { oldPartsGone } from './transcripts/old-parts.js';
export { searchWords } from './transcripts/search-words.js';
export { isSpanDeleted, spansOf } from './transcripts/span-erasure.js';
