/** The plot inside a drawing, in pixels from its left and top. */
export interface Frame {
  readonly width: number;
  readonly height: number;
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

const AXIS_WIDTH_PX = 64;
const TIME_AXIS_HEIGHT_PX = 24;
const MARGIN_PX = 4;
/** Room above the highest tick for the marks of anomalies. */
const HEAD_PX = 16;

/** @param gutterPx room kept at the right, for labels of the series */
export function frameOf(width: number, height: number, gutterPx = 0): Frame {
  return {
    width,
    height,
    left: AXIS_WIDTH_PX,
    right: width - MARGIN_PX - gutterPx,
    top: HEAD_PX,
    bottom: height - TIME_AXIS_HEIGHT_PX,
  };
}

/** Where a bucket stands. */
export function bandOf(index: number, buckets: number, frame: Frame): { left: number; width: number; center: number } {
  const width = (frame.right - frame.left) / Math.max(buckets, 1);
  const left = frame.left + width * index;
  return { left, width, center: left + width / 2 };
}

/** The bucket under a pointer, or null beside the plot. */
export function bucketAt(xPx: number, buckets: number, frame: Frame): number | null {
  const index = Math.floor((xPx - frame.left) / bandOf(0, buckets, frame).width);
  return index >= 0 && index < buckets ? index : null;
}

/** From zero at the bottom to the highest tick at the top. */
export function yScale(highest: number, frame: Frame): (value: number) => number {
  return (value) => frame.bottom - (value / highest) * (frame.bottom - frame.top);
}

export function valueAt(yPx: number, highest: number, frame: Frame): number {
  return ((frame.bottom - yPx) / (frame.bottom - frame.top)) * highest;
}

/** Bars keep 1 to 4 px apart; where they get too thin for that they touch. */
export function barWidth(bandPx: number): number {
  return Math.max(1, bandPx - Math.min(4, Math.max(bandPx * 0.18, bandPx > 3 ? 1 : 0)));
}

const TICK_WIDTH_PX = 64;

/** How many names the time axis has room for. */
export function namesWithin(frame: Frame): number {
  return Math.max(1, Math.floor((frame.right - frame.left) / TICK_WIDTH_PX));
}
