/** What is open over the figures, and which view they came from: not part of what a view shows. */
const PASSING = new Set(['saved', 'receipt', 'call', 'maximised', 'report']);

/** The part of an address that a view keeps, in one order. @param search with or without `?` */
export function viewQuery(search: string): string {
  const kept = new URLSearchParams([...new URLSearchParams(search)].filter(([name]) => !PASSING.has(name)));
  kept.sort();
  return kept.toString();
}

/** Cost & Usage as a view shows it, and as that view: what is changed there is marked as a change to it. */
export function viewHref(view: { readonly id: string; readonly query: string }): string {
  const query = new URLSearchParams(viewQuery(view.query));
  query.set('saved', view.id);
  return `/usage?${query}`;
}

interface Saved {
  readonly id: string;
  readonly query: string;
}

/** The view an address stands for, and whether it has been changed since: the one it names, else the first that shows the same. */
export function appliedView<View extends Saved>(
  views: readonly View[],
  search: string,
): { readonly view: View; readonly isChanged: boolean } | null {
  const shown = viewQuery(search);
  const id = new URLSearchParams(search).get('saved');
  const named = views.find((view) => view.id === id);
  if (named) return { view: named, isChanged: viewQuery(named.query) !== shown };
  const same = shown === '' ? undefined : views.find((view) => viewQuery(view.query) === shown);
  return same ? { view: same, isChanged: false } : null;
}
