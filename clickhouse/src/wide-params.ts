import type { Params } from './scope.js';

/** Parameters travel as fields of a form, none of which may be longer than 128 KiB (`http_max_field_value_size`); quotes and escapes are left room. */
const FIELD_MAX_BYTES = 96 * 1024;

/** A question as the client takes it: lists that one field has no room for go in several, and are put together by the server. */
export function boundQuery(sql: string, params: Params = {}): { query: string; query_params: Record<string, unknown> } {
  let narrowed = sql;
  const fields: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(params)) {
    const parts = Array.isArray(value) ? partsOf(value) : [];
    if (parts.length < 2) {
      fields[name] = value;
      continue;
    }
    parts.forEach((part, index) => {
      fields[`${name}_${index}`] = part;
    });
    narrowed = narrowed.replaceAll(new RegExp(`\\{${name}:([^{}]*)\\}`, 'g'), (_, type: string) => {
      const places = parts.map((_part, index) => `{${name}_${index}:${type}}`);
      return `arrayConcat(${places.join(', ')})`;
    });
  }
  return { query: narrowed, query_params: fields };
}

function partsOf(values: readonly unknown[]): readonly unknown[][] {
  const parts: unknown[][] = [];
  let bytes = Number.POSITIVE_INFINITY;
  for (const value of values) {
    const length = Buffer.byteLength(JSON.stringify(value) ?? '') + 1;
    if (bytes + length > FIELD_MAX_BYTES) {
      parts.push([]);
      bytes = 0;
    }
    (parts.at(-1) as unknown[]).push(value);
    bytes += length;
  }
  return parts;
}
