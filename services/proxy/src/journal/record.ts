import { crc32c } from '@weir/contracts';

/**
 * One journal record on disk:
 *   magic u32 | payload bytes u32 | crc32c u32 over type and payload | type u8 | payload
 * Little endian. The magic lets a reader find the next record behind damaged bytes.
 */
export const RECORD = {
  /** A call was admitted; payload is its provisional event. */
  open: 1,
  /** What is known of an open call so far. */
  checkpoint: 2,
  /** A call ended; payload is its final event. */
  close: 3,
  /** A batch was cut; payload is `BatchMark`. */
  batch: 4,
  /** ClickHouse has a batch; payload is `ConfirmMark`. */
  confirm: 5,
} as const;
export type RecordType = (typeof RECORD)[keyof typeof RECORD];

export interface JournalRecord {
  readonly type: RecordType;
  readonly payload: Buffer;
  /** Where the record starts in its segment, and where the next one does. */
  readonly offset: number;
  readonly end: number;
}

const MAGIC = 0x52494557;
const MAGIC_BYTES = Buffer.from([0x57, 0x45, 0x49, 0x52]);
export const HEADER_BYTES = 13;
const TYPE_OFFSET = 12;
/** A payload is never larger; a longer length is damage. */
const MAX_PAYLOAD_BYTES = 8 * 1024 * 1024;

/** Encodes a record whose payload is `text` in UTF-8. */
export function encodeRecord(type: RecordType, text: string): Buffer {
  const length = Buffer.byteLength(text);
  const record = Buffer.allocUnsafe(HEADER_BYTES + length);
  record.writeUInt32LE(MAGIC, 0);
  record.writeUInt32LE(length, 4);
  record.writeUInt8(type, TYPE_OFFSET);
  record.write(text, HEADER_BYTES, length, 'utf8');
  record.writeUInt32LE(crc32c(record.subarray(TYPE_OFFSET)), 8);
  return record;
}

export interface Scan {
  readonly records: JournalRecord[];
  /** End of the last good record; what lies behind it is torn. */
  readonly end: number;
  /** Stretches of bytes between good records that are no record. */
  readonly damaged: { from: number; to: number }[];
}

/** Reads every good record of a segment, skipping damage. Never throws on any bytes. */
export function scanRecords(bytes: Buffer): Scan {
  const records: JournalRecord[] = [];
  const damaged: { from: number; to: number }[] = [];
  let position = 0;
  let end = 0;
  while (position < bytes.length) {
    const record = readRecord(bytes, position);
    if (record) {
      if (position > end) damaged.push({ from: end, to: position });
      records.push(record);
      position = record.end;
      end = record.end;
      continue;
    }
    const next = bytes.indexOf(MAGIC_BYTES, position + 1);
    if (next < 0) break;
    position = next;
  }
  return { records, end, damaged };
}

function readRecord(bytes: Buffer, offset: number): JournalRecord | null {
  if (offset + HEADER_BYTES > bytes.length || bytes.readUInt32LE(offset) !== MAGIC) return null;
  const length = bytes.readUInt32LE(offset + 4);
  const end = offset + HEADER_BYTES + length;
  if (length > MAX_PAYLOAD_BYTES || end > bytes.length) return null;
  if (crc32c(bytes.subarray(offset + TYPE_OFFSET, end)) !== bytes.readUInt32LE(offset + 8)) return null;
  const type = bytes.readUInt8(offset + TYPE_OFFSET);
  if (type < RECORD.open || type > RECORD.confirm) return null;
  return { type: type as RecordType, payload: bytes.subarray(offset + HEADER_BYTES, end), offset, end };
}
