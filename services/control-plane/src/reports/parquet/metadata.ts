import { type Field, type List, readStruct, type Struct, type Value, writeStruct } from './compact.js';

/**
 * FileMetaData of Parquet files: places moved, files joined.
 * https://github.com/apache/parquet-format/blob/master/src/main/thrift/parquet.thrift
 */
const FILE = { schema: 2, rows: 3, rowGroups: 4 };
const SCHEMA_NAME = 4;
const ROW_GROUP = { columns: 1, fileOffset: 5, ordinal: 7 };
const CHUNK = { fileOffset: 2, metadata: 3, offsetIndex: 4, columnIndex: 6 };
const COLUMN = { path: 3, dataPage: 9, indexPage: 10, dictionaryPage: 11, bloomFilter: 14 };

/** Metadata of a file whose pages lie `by` bytes further on, with its columns called `names`. */
export function moved(
  metadata: Uint8Array,
  by: number,
  names: readonly string[],
): { metadata: Uint8Array; rows: number } {
  const file = readStruct(metadata);
  // The first element is the root.
  structs(file, FILE.schema)
    .slice(1)
    .forEach((column, index) => {
      setText(column, SCHEMA_NAME, names[index] ?? '');
    });
  for (const group of structs(file, FILE.rowGroups)) {
    // 16 bits, and optional: groups are counted anew where files are joined.
    group.fields.delete(ROW_GROUP.ordinal);
    move(group, [ROW_GROUP.fileOffset], by);
    structs(group, ROW_GROUP.columns).forEach((chunk, index) => {
      move(chunk, [CHUNK.fileOffset, CHUNK.offsetIndex, CHUNK.columnIndex], by);
      const column = chunk.fields.get(CHUNK.metadata)?.value as Struct;
      move(column, [COLUMN.dataPage, COLUMN.indexPage, COLUMN.dictionaryPage, COLUMN.bloomFilter], by);
      const path = column.fields.get(COLUMN.path) as Field;
      (path.value as List).items.splice(0, Number.POSITIVE_INFINITY, new TextEncoder().encode(names[index] ?? ''));
    });
  }
  return { metadata: writeStruct(file), rows: Number(file.fields.get(FILE.rows)?.value ?? 0n) };
}

/** Metadata of a file that holds the pages of all: schema and writer as in the first. */
export function joined(parts: readonly Uint8Array[]): Uint8Array {
  const [first, ...others] = parts.map(readStruct);
  if (!first) throw new Error('a file needs metadata');
  const rows = first.fields.get(FILE.rows) as Field;
  const groups = first.fields.get(FILE.rowGroups) as Field;
  let total = rows.value as bigint;
  const all: Value[] = [...(groups.value as List).items];
  for (const part of others) {
    total += part.fields.get(FILE.rows)?.value as bigint;
    for (const group of structs(part, FILE.rowGroups)) all.push(group);
  }
  first.fields.set(FILE.rows, { ...rows, value: total });
  // An empty list may have been written without the type of what it would hold.
  first.fields.set(FILE.rowGroups, { ...groups, value: { of: 12, items: all } });
  return writeStruct(first);
}

function structs({ fields }: Struct, id: number): Struct[] {
  return ((fields.get(id)?.value as List | undefined)?.items ?? []) as Struct[];
}

/** 0 = there is no such place. */
function move({ fields }: Struct, ids: readonly number[], by: number): void {
  for (const id of ids) {
    const place = fields.get(id);
    if (typeof place?.value === 'bigint' && place.value > 0n)
      fields.set(id, { ...place, value: place.value + BigInt(by) });
  }
}

function setText({ fields }: Struct, id: number, text: string): void {
  fields.set(id, { type: 8, value: new TextEncoder().encode(text) });
}
