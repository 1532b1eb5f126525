/** What a new restatement may be opened with. Left out = nothing chosen. */
export interface RestatementStart {
  readonly from?: Date | undefined;
  /** Left out = the moment it is opened. */
  readonly to?: Date | undefined;
  readonly providers?: readonly string[] | undefined;
  readonly models?: readonly string[] | undefined;
  readonly apps?: readonly string[] | undefined;
  readonly environments?: readonly string[] | undefined;
  readonly unpricedOnly?: boolean | undefined;
  readonly reason?: string | undefined;
}

/** Commas part the entries of a list in the address. */
const listed = (values: readonly string[]) => values.map((value) => value.replaceAll(',', '%2C')).join(',');

const LISTS = ['providers', 'models', 'apps', 'environments'] as const;

/** The page on which a restatement is put together, with what is already known filled in. */
export function newRestatementHref(start: RestatementStart): string {
  const { from, to, unpricedOnly, reason } = start;
  const query = new URLSearchParams();
  if (from) {
    query.set('range', 'custom');
    query.set('from', from.toISOString());
    if (to) query.set('to', to.toISOString());
  }
  for (const name of LISTS) {
    const values = start[name];
    if (values && values.length > 0) query.set(name, listed(values));
  }
  if (unpricedOnly) query.set('unpricedOnly', 'true');
  if (reason) query.set('reason', reason);
  const text = query.toString();
  return `/ledger/restatements/new${text ? `?${text}` : ''}`;
}

export function restatementHref(id: string): string {
  return `/ledger/restatements/${encodeURIComponent(id)}`;
}
