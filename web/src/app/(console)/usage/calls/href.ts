interface Range {
  readonly from: string;
  readonly to: string;
}

interface Narrowed {
  readonly providers?: readonly string[];
  readonly models?: readonly string[];
  readonly apps?: readonly string[];
  readonly environments?: readonly string[];
}

/** Lists in an address are divided by commas, so one inside a name is written out. */
const listed = (values: readonly string[]) => values.map((value) => value.replaceAll(',', '%2C')).join(',');

/** The calls a figure is made of. */
export function callsHref(range: Range, filter: Narrowed): string {
  const query = new URLSearchParams({ from: range.from, to: range.to });
  for (const [name, values] of Object.entries(filter) as [string, readonly string[] | undefined][]) {
    if (values?.length) query.set(name, listed(values));
  }
  return `/usage/calls?${query}`;
}
