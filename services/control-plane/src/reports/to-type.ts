import type { UsageReport } from '@weir/prisma';
import type { UsageReportType } from './reports.types.js';

/** Where the console passes downloads on from. */
export const DOWNLOADS = '/download/reports';

/** A file that is past its time counts as gone before anything has deleted it. */
export function stateOf({ state, expiresAt }: UsageReport, nowMs: number): UsageReport['state'] {
  return state === 'ready' && expiresAt !== null && expiresAt.getTime() <= nowMs ? 'expired' : state;
}

export function toReport(row: UsageReport, nowMs: number): UsageReportType {
  const { id, format, interval, fileName, asOf, createdAt, createdBy, expiresAt, problem, sha256 } = row;
  const state = stateOf(row, nowMs);
  return {
    ...{ id, state, format, interval, fileName, asOf, createdAt, createdBy, expiresAt, problem, sha256 },
    progress: row.readyAt ? 1 : row.slicesDone / row.slices,
    rows: Number(row.rows),
    bytes: Number(row.bytes),
    downloadUrl: state === 'ready' ? `${DOWNLOADS}/${id}/${encodeURIComponent(fileName)}` : null,
  };
}
