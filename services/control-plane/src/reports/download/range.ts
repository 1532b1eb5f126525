/** What of a file was asked for, both ends included; `whole` where nothing or something odd was asked. RFC 9110, 14. */
export type Wanted =
  | { readonly kind: 'whole' }
  | { readonly kind: 'part'; readonly first: number; readonly last: number }
  | { readonly kind: 'unsatisfiable' };

const WHOLE: Wanted = { kind: 'whole' };

/** @param size of the file. Several ranges at once are answered by the whole file, as the standard allows. */
export function wantedOf(range: string | undefined, size: number): Wanted {
  const asked = /^bytes=[ \t]*(\d{0,16})-(\d{0,16})[ \t]*$/i.exec(range ?? '');
  if (!asked || (asked[1] === '' && asked[2] === '')) return WHOLE;
  const [from, to] = [asked[1] ?? '', asked[2] ?? ''];
  if (from === '') {
    const length = Math.min(Number(to), size);
    return length === 0 ? { kind: 'unsatisfiable' } : { kind: 'part', first: size - length, last: size - 1 };
  }
  const first = Number(from);
  if (to !== '' && Number(to) < first) return WHOLE;
  if (first >= size) return { kind: 'unsatisfiable' };
  return { kind: 'part', first, last: to === '' ? size - 1 : Math.min(Number(to), size - 1) };
}

/** Whether the file is still the one that a part was kept of. Dates count to the second, weak tags never. */
export function isSame(ifRange: string | undefined, etag: string, modified: Date): boolean {
  if (ifRange === undefined) return true;
  if (ifRange.startsWith('"')) return ifRange === etag;
  return Date.parse(ifRange) === Math.floor(modified.getTime() / 1_000) * 1_000;
}

/** Whether the client has the file already. */
export function isKnown(ifNoneMatch: string | undefined, etag: string): boolean {
  const tags = ifNoneMatch?.split(',').map((tag) => tag.trim().replace(/^W\//, ''));
  return tags?.some((tag) => tag === '*' || tag === etag) ?? false;
}
