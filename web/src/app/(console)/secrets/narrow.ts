import type { Use } from './search-params';

interface Narrowed {
  readonly secretId: string;
  readonly orphan: boolean;
  readonly usedBy: readonly string[];
}

/** The secrets that fit: search looks at the id and at who uses it. */
export function narrow<Row extends Narrowed>(rows: readonly Row[], search: string, use: Use): readonly Row[] {
  const wanted = search.trim().toLowerCase();
  return rows.filter(
    ({ secretId, orphan, usedBy }) =>
      (use === 'all' || orphan === (use === 'unused')) &&
      [secretId, ...usedBy].some((text) => text.toLowerCase().includes(wanted)),
  );
}
