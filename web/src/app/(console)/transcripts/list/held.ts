export interface RowsPage<Row extends { readonly id: string }> {
  readonly nodes: readonly Row[];
  readonly hasNextPage: boolean;
}

/**
 * What stands on screen when a page was read again: the rows that stand there, in their order, with what is known of them
 * now. Calls that arrive would otherwise move each row away from whoever reads it, or is about to press it.
 * @returns `newer` counts rows that are new, and those that belong before others that they stand after
 */
export function heldRows<Row extends { readonly id: string }>(
  shown: RowsPage<Row>,
  read: RowsPage<Row>,
): { readonly rows: readonly Row[]; readonly newer: number } {
  const placeOf = new Map(read.nodes.map(({ id }, place) => [id, place]));
  const known = new Set(shown.nodes.map(({ id }) => id));
  const rows: Row[] = [];
  let furthest = -1;
  let moved = 0;
  for (const row of shown.nodes) {
    const place = placeOf.get(row.id);
    if (place !== undefined) {
      rows.push(read.nodes[place] ?? row);
      if (place < furthest) moved++;
      furthest = Math.max(furthest, place);
    } else if (read.hasNextPage) rows.push(row);
    // Where there are no further pages, it was deleted or fits no longer.
  }
  // What follows the last known row is older: it came up where others have left.
  const until = furthest === -1 ? read.nodes.length : furthest;
  const unseen = read.nodes.slice(0, until).filter(({ id }) => !known.has(id)).length;
  return { rows, newer: unseen + moved };
}
