import { TEXT } from './axes';
import { type BarsModel, NAMED_INSIDE_FROM_PX } from './bars-model';
import { fitted, LABEL_HEIGHT_PX, spread, widthOf } from './direct-labels';
import { bandOf, type Frame } from './layout';
import { OTHER, paintOf } from './palette';
import type { Layer, Stack } from './stack';

interface BarLabelsProps {
  model: BarsModel;
  frame: Frame;
  yOf: (value: number) => number;
}

const MOST = 8;
const LEAST_ROOM_PX = 40;
const TALL_PX = 72;
const PADDING_PX = 4;
/** Thinner pieces than this share of their bar are left to the legend. */
const LEAST_SHARE = 0.02;

/** Names of the biggest series: inside their tallest piece where bars are wide, else at the right, beside the last bar. */
export function BarLabels(props: BarLabelsProps) {
  const isInside = bandOf(0, props.model.buckets.length, props.frame).width >= NAMED_INSIDE_FROM_PX;
  return isInside ? <Inside {...props} /> : <Beside {...props} />;
}

function Inside({ model: { series, stacked, known, buckets }, frame, yOf }: BarLabelsProps) {
  const room = bandOf(0, buckets.length, frame).width - 4 * PADDING_PX;
  return series.map((one, position) => {
    const layers = stacked.layers[position] ?? [];
    const at = tallest(layers.slice(0, known));
    const layer = layers[at];
    if (!layer || yOf(layer.from) - yOf(layer.to) < LABEL_HEIGHT_PX + 4) return null;
    const text = fitted(one.label, room);
    const y = (yOf(layer.from) + yOf(layer.to)) / 2;
    const width = Math.min(widthOf(text), room) + 2 * PADDING_PX;
    const { center } = bandOf(at, buckets.length, frame);
    return (
      <g key={one.key} data-label={one.key}>
        <rect x={center - width / 2} y={y - 8} width={width} height="16" rx="3" fill="var(--canvas)" />
        <text x={center} y={y} dy="0.34em" textAnchor="middle" {...TEXT} fontSize={11} fill="var(--ink)">
          {text}
        </text>
      </g>
    );
  });
}

function Beside({ model: { series, looks, stacked, known, buckets }, frame, yOf }: BarLabelsProps) {
  const room = frame.width - frame.right - 16;
  const last = lastTall(stacked, known, yOf);
  if (room < LEAST_ROOM_PX || last < known - 3) return null;
  const total = stacked.tops[last] as number;
  const wanted = series.flatMap((one, position) => {
    const layer = stacked.layers[position]?.[last];
    if (!layer || layer.to - layer.from < total * LEAST_SHARE) return [];
    return { key: one.key, label: one.label, y: yOf((layer.from + layer.to) / 2), weight: layer.to - layer.from };
  });
  const { left, width } = bandOf(last, buckets.length, frame);
  return spread(wanted, frame.top, frame.bottom, MOST).map(({ key, label, y, labelY }) => (
    <g key={key} data-label={key}>
      <path
        d={`M${left + width} ${y}H${frame.right + 2}L${frame.right + 9} ${labelY}h3`}
        fill="none"
        stroke={paintOf(looks.get(key)?.paint ?? OTHER)}
      />
      <text x={frame.right + 15} y={labelY} dy="0.34em" {...TEXT} fontSize={11} fill="var(--ink-2)">
        {fitted(label, room)}
      </text>
    </g>
  ));
}

function tallest(layers: readonly Layer[]): number {
  const heights = layers.map(({ from, to }) => to - from);
  return heights.indexOf(Math.max(...heights));
}

/** The last bar that is high enough to have names beside it: one just begun would name nobody. */
function lastTall({ tops }: Stack, known: number, yOf: (value: number) => number): number {
  return tops.slice(0, known).findLastIndex((top) => yOf(0) - yOf(top) >= TALL_PX);
}
