/**
 * The option an arrow key leads to in a grid whose rows end where the window lets them: left and right in reading order,
 * up and down to the nearest of the next row. Without a start, the first or the last.
 */
export function optionInDirection(list: HTMLElement, fromId: string | null, key: string): HTMLElement | undefined {
  const options = [...list.querySelectorAll<HTMLElement>('[role="option"]')];
  const index = options.findIndex(({ id }) => id === fromId);
  const from = options[index];
  const isForward = key === 'ArrowRight' || key === 'ArrowDown';
  if (!from) return isForward ? options[0] : options.at(-1);
  if (key === 'ArrowRight' || key === 'ArrowLeft') return options[index + (isForward ? 1 : -1)] ?? from;

  const place = from.getBoundingClientRect();
  const beyond = options
    .map((option) => ({ option, box: option.getBoundingClientRect() }))
    .filter(({ box }) => (isForward ? box.top > place.top + 1 : box.top < place.top - 1));
  const nearestRow = isForward
    ? Math.min(...beyond.map(({ box }) => box.top))
    : Math.max(...beyond.map(({ box }) => box.top));
  return beyond
    .filter(({ box }) => Math.abs(box.top - nearestRow) <= 1)
    .toSorted((a, b) => Math.abs(a.box.left - place.left) - Math.abs(b.box.left - place.left))[0]?.option;
}
