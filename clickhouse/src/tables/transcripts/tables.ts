import { createHash } from 'node:crypto';
import { newId } from '@weir/contracts';
import type { z } from 'zod';
import type { Writer } from '../../client.js';
import {
  transcriptBuriedLinkRow,
  transcriptDeletionRow,
  transcriptLinkRow,
  transcriptMergedRow,
  transcriptMessageRow,
  transcriptMovedTurnRow,
  transcriptPieceRow,
  transcriptTurnRow,
  transcriptWantedRow,
} from './rows.js';

/** The worker's side of a table of recorded calls: the same rows inserted again change nothing that is read. */
export interface TranscriptTable<Row> {
  readonly name: string;
  insert(rows: readonly Row[]): Promise<void>;
}

/** Of an insert, before it is cut; a body may be as large by itself. */
const INSERT_MAX_LENGTH = 16 * 1024 * 1024;

export function table<Shape extends z.ZodRawShape>(
  writer: Writer,
  name: string,
  row: z.ZodObject<Shape>,
  tokenOf: (values: readonly unknown[]) => string = newId,
): TranscriptTable<z.output<z.ZodObject<Shape>>> {
  const columns = Object.keys(row.shape);
  return {
    name,
    async insert(rows) {
      for (const part of partsOf(rows)) {
        const values = part.map((one) => columns.map((column) => (one as Record<string, unknown>)[column]));
        const deduplicationToken = tokenOf(values);
        await writer.insert({ name: `insert-${name}`, table: name, columns, rows: values, deduplicationToken });
      }
    },
  };
}

function* partsOf<Row extends object>(rows: readonly Row[]): Generator<Row[]> {
  let part: Row[] = [];
  let length = 0;
  for (const row of rows) {
    const own = Object.values(row).reduce((sum, value) => sum + (typeof value === 'string' ? value.length : 64), 0);
    if (part.length > 0 && length + own > INSERT_MAX_LENGTH) {
      yield part;
      part = [];
      length = 0;
    }
    part.push(row);
    length += own;
  }
  if (part.length > 0) yield part;
}

/** A turn that has just come, and has a view behind it that a broken-off insert may not have reached. */
export const byContent = (values: readonly unknown[]) =>
  createHash('sha256').update(JSON.stringify(values)).digest('hex');

export const transcriptTurnsTable = (writer: Writer) =>
  table(writer, 'transcript_turns_v1', transcriptTurnRow, byContent);
/** Of a turn that is put elsewhere the same may have been stored once, and hidden. */
export const transcriptMovedTurnsTable = (writer: Writer) =>
  table(writer, 'transcript_turns_v1', transcriptMovedTurnRow);
// What was deleted may be said again and is stored anew then; a token of its own words would have the server drop it.
export const transcriptPiecesTable = (writer: Writer) => table(writer, 'transcript_pieces_v1', transcriptPieceRow);
export const transcriptMessagesTable = (writer: Writer) =>
  table(writer, 'transcript_messages_v1', transcriptMessageRow);
export const transcriptLinksTable = (writer: Writer) => table(writer, 'transcript_links_v1', transcriptLinkRow);
export const transcriptBuriedLinksTable = (writer: Writer) =>
  table(writer, 'transcript_buried_links_v1', transcriptBuriedLinkRow);
export const transcriptDeletionsTable = (writer: Writer) =>
  table(writer, 'transcript_deletions_v1', transcriptDeletionRow);
export const transcriptWantedTable = (writer: Writer) => table(writer, 'transcript_wanted_v1', transcriptWantedRow);
export const transcriptMergedTable = (writer: Writer) => table(writer, 'transcript_merged_v1', transcriptMergedRow);
