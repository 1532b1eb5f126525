const MASK = (1n << 64n) - 1n;

/** splitmix64: one number of 64 bits out of another, the same on every machine. */
function mix(state: bigint): bigint {
  let value = (state + 0x9e3779b97f4a7c15n) & MASK;
  value = ((value ^ (value >> 30n)) * 0xbf58476d1ce4e5b9n) & MASK;
  value = ((value ^ (value >> 27n)) * 0x94d049bb133111ebn) & MASK;
  return value ^ (value >> 31n);
}

/** A number of 64 bits that is always the same for the same seed and purpose. */
export function keyOf(seed: number, purpose: string): bigint {
  return [...Buffer.from(purpose)].reduce((state, byte) => mix(state ^ BigInt(byte)), mix(BigInt(seed)));
}

/** From 0 up to 1, without 1; always the same for the same seed and purpose. */
export function unitOf(seed: number, purpose: string): number {
  return Number(keyOf(seed, purpose) >> 11n) / 2 ** 53;
}

/** `total` as whole numbers in proportion to `weights`, which add up to it exactly: largest remainders get the rest. */
export function shareOut(total: number, weights: readonly number[]): number[] {
  const sum = weights.reduce((all, weight) => all + weight, 0);
  if (sum === 0) return weights.map(() => 0);
  const exact = weights.map((weight) => (total * weight) / sum);
  const shares = exact.map(Math.floor);
  const rest = total - shares.reduce((all, share) => all + share, 0);
  const byRemainder = exact
    .map((value, index) => ({ index, remainder: value - Math.floor(value) }))
    .sort((a, b) => b.remainder - a.remainder || a.index - b.index);
  for (const { index } of byRemainder.slice(0, rest)) (shares[index] as number) += 1;
  return shares;
}
