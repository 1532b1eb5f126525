/** UTC epoch ms; null = without end. */
export interface Bitemporal {
  readonly from: number;
  readonly until: number | null;
  readonly knownFrom: number;
  readonly knownUntil: number | null;
}

export interface Superseded<Row> {
  /** Rows whose known time ends at the change. */
  readonly ended: readonly Row[];
  /** What they leave: as they were, up to where the change begins, known from the change on. */
  readonly left: readonly Row[];
}

/**
 * What a change, made at `knownFrom` for calls that began at or after `from`, does to the rows it replaces. Nothing is said
 * anew of earlier calls, and what was known before the change stays as it was.
 */
export function supersede<Row extends Bitemporal>(
  rows: readonly Row[],
  { from, knownFrom }: Pick<Bitemporal, 'from' | 'knownFrom'>,
): Superseded<Row> {
  const ended = rows.filter(({ until, knownUntil }) => knownUntil === null && (until === null || until > from));
  const left = ended.filter((row) => row.from < from).map((row) => ({ ...row, until: from, knownFrom }));
  return { ended, left };
}
