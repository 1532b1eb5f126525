/** `[from, to)` cut at the turn of each month, UTC: what a partition holds of it. Epoch ms. */
export function monthsOf(from: number, to: number): { readonly from: number; readonly to: number }[] {
  const months: { from: number; to: number }[] = [];
  for (let start = from; start < to; ) {
    const date = new Date(start);
    const end = Math.min(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 1), to);
    months.push({ from: start, to: end });
    start = end;
  }
  return months;
}
