/** Something that wants its name beside it. */
export interface Wanted {
  readonly key: string;
  readonly label: string;
  /** Where it would best stand, in pixels from the top. */
  readonly y: number;
  /** Who goes first where there is not room for all. */
  readonly weight: number;
}

export interface DirectLabel extends Wanted {
  /** Where its name stands. */
  readonly labelY: number;
}

export const LABEL_HEIGHT_PX = 15;
const CHARACTER_PX = 6.4;

/** Names side by side without covering each other, the weightiest kept, each as near to its place as that allows. */
export function spread(wanted: readonly Wanted[], top: number, bottom: number, most: number): DirectLabel[] {
  const room = Math.max(0, Math.min(most, Math.floor((bottom - top) / LABEL_HEIGHT_PX)));
  const kept = wanted
    .toSorted((a, b) => b.weight - a.weight)
    .slice(0, room)
    .toSorted((a, b) => a.y - b.y);
  const places: number[] = [];
  for (const { y } of kept) places.push(Math.max(y, (places.at(-1) ?? top - LABEL_HEIGHT_PX / 2) + LABEL_HEIGHT_PX));
  // What was pushed below the plot pushes those above it up again.
  let limit = bottom - LABEL_HEIGHT_PX / 2;
  for (let index = places.length - 1; index >= 0; index--) {
    places[index] = Math.min(places[index] as number, limit);
    limit = (places[index] as number) - LABEL_HEIGHT_PX;
  }
  return kept.map((one, index) => ({ ...one, labelY: places[index] as number }));
}

/** The text as far as it fits, by the average width of its letters. */
export function fitted(text: string, widthPx: number): string {
  const letters = Math.floor(widthPx / CHARACTER_PX);
  return text.length <= letters ? text : `${text.slice(0, Math.max(1, letters - 1)).trimEnd()}…`;
}

export function widthOf(text: string): number {
  return text.length * CHARACTER_PX;
}
