/** What a part may be at most, beside the other parts of the same whole; undefined where either is not known. */
export function partOf(
  whole: number | undefined,
  part: number | undefined,
  ...others: readonly (number | undefined)[]
): number | undefined {
  if (whole === undefined || part === undefined) return undefined;
  const rest = others.reduce<number>((left, other) => left - (other ?? 0), whole);
  return Math.max(0, Math.min(part, rest));
}

/** A part without what is counted elsewhere already. */
export function without(part: number | undefined, counted = 0): number | undefined {
  return part === undefined ? undefined : Math.max(0, part - counted);
}
