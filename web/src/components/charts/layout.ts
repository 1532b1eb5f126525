export const AXIS_WIDTH_PX = 64;
export const PLOT_MARGIN = { top: 8, right: 4, bottom: 0, left: 0 };

/** Centre of a bucket and width of its band, in pixels from the left of the drawing. */
export function bandOf(index: number, buckets: number, widthPx: number): { center: number; width: number } {
  const band = (widthPx - AXIS_WIDTH_PX - PLOT_MARGIN.right) / Math.max(buckets, 1);
  return { center: AXIS_WIDTH_PX + band * (index + 0.5), width: band };
}

/** The bucket under a pointer, or null beside the plot. */
export function bucketAt(xPx: number, buckets: number, widthPx: number): number | null {
  const { width } = bandOf(0, buckets, widthPx);
  const index = Math.floor((xPx - AXIS_WIDTH_PX) / width);
  return index >= 0 && index < buckets ? index : null;
}
