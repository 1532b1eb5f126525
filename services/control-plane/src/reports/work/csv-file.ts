import { keyOfRow, type ReportQuery, type ReportRow, reportColumns, reportRows, type Streamer } from '@weir/clickhouse';
import { csvHead, csvLine } from '../csv/line.js';
import type { Slice } from '../slices.js';
import { type Hold, PIECE_BYTES } from './hold.js';

/** Writes what is missing of a CSV file: it goes on behind the last row that was saved, also within a slice. */
export async function writeCsv(
  hold: Hold,
  streamer: Streamer,
  query: ReportQuery,
  slices: readonly Slice[],
  signal: AbortSignal,
): Promise<void> {
  const { projectId, slicesDone, timeZone } = hold.report;
  const columns = reportColumns(query);
  if (hold.bytes === 0) await hold.append(Buffer.from(csvHead(columns)), { rows: 0 });
  let after: readonly string[] = hold.report.after;
  for (let number = slicesDone; number < slices.length; number++) {
    let text: string[] = [];
    let size = 0;
    let rows = 0;
    let last: ReportRow | undefined;
    for await (const row of reportRows(streamer, { projectId, ...(slices[number] as Slice) }, query, after, signal)) {
      const line = csvLine(row, columns, timeZone);
      text.push(line);
      size += line.length;
      rows += 1;
      last = row;
      if (size < PIECE_BYTES / 2) continue;
      after = keyOfRow(last, query);
      await hold.append(Buffer.from(text.join('')), { rows, after });
      [text, size, rows] = [[], 0, 0];
    }
    await hold.append(Buffer.from(text.join('')), { rows, after: [], slicesDone: number + 1 });
    after = [];
  }
}
