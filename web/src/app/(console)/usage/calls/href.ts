import { FILTERS, type Narrowed, printTag } from '../state/filters';
import { printList } from '../state/list';

interface Range {
  readonly from: string;
  readonly to: string;
}

type Tags = readonly (string | { readonly key: string; readonly values: readonly string[] })[];

/** As the address holds it, or as the control plane takes it. */
type AnyFilter = Omit<Narrowed, 'tags'> & { readonly tags?: Tags; readonly withDeleted?: boolean };

/** The calls a figure is made of. */
export function callsHref(range: Range, filter: AnyFilter): string {
  const query = new URLSearchParams({ from: range.from, to: range.to });
  for (const name of FILTERS) {
    const values = filter[name];
    if (values?.length) query.set(name, printList(values));
  }
  const tags = (filter.tags ?? []).flatMap((tag) =>
    typeof tag === 'string' ? [tag] : tag.values.map((value) => printTag({ key: tag.key, value })),
  );
  if (tags.length > 0) query.set('tags', printList(tags));
  if (filter.withDeleted === false) query.set('deleted', 'false');
  return `/usage/calls?${query}`;
}
