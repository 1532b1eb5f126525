import { type ReportQuery, reportColumns, reportParquet, type Streamer } from '@weir/clickhouse';
import type { PrismaService } from '../../platform/prisma.service.js';
import { Cutter, MAGIC } from '../parquet/cutter.js';
import { joined, moved } from '../parquet/metadata.js';
import type { Slice } from '../slices.js';
import type { Hold } from './hold.js';

/**
 * Writes what is missing of a Parquet file. ClickHouse makes a file of each slice; their pages follow each other in ours,
 * and its metadata is made of theirs at the end. It goes on behind the last whole slice.
 */
export async function writeParquet(
  prisma: PrismaService,
  hold: Hold,
  streamer: Streamer,
  query: ReportQuery,
  slices: readonly Slice[],
  signal: AbortSignal,
): Promise<void> {
  const { id: reportId, projectId } = hold.report;
  const names = reportColumns(query).map(({ name }) => name);
  const done = await prisma.usageReportSlice.findMany({ where: { reportId }, orderBy: { number: 'asc' } });
  const parts = done.map(({ metadata }) => Buffer.from(metadata));
  const rows = done.reduce((sum, slice) => sum + slice.rows, 0n);
  await hold.backToSlice(done.at(-1) ?? { bytes: 0n, pieces: 0 }, rows);
  if (done.length === 0) await hold.append(MAGIC, { rows: 0 });
  for (let number = done.length; number < slices.length; number++) {
    const cutter = new Cutter();
    const start = hold.bytes;
    for await (const chunk of reportParquet(streamer, { projectId, ...(slices[number] as Slice) }, query, signal)) {
      const pages = cutter.take(chunk);
      if (pages.length > 0) await hold.append(pages, { rows: 0 });
    }
    const { pages, metadata } = cutter.end();
    const part = moved(metadata, start - MAGIC.length, names);
    await hold.append(pages, { rows: part.rows, slicesDone: number + 1 }, { number, ...part });
    parts.push(Buffer.from(part.metadata));
  }
  const whole = joined(parts);
  const length = Buffer.alloc(4);
  length.writeUInt32LE(whole.length);
  await hold.append(Buffer.concat([whole, length, MAGIC]), { rows: 0 });
}
