import { flushSync } from 'react-dom';
import { createRoot } from 'react-dom/client';
import { fitted, widthOf } from '../direct-labels';
import { HatchPattern } from '../hatch';
import { MarkSwatch } from '../marks';
import type { ExportSource } from './source';
import { inTheme, type Theme } from './theme';

export interface Drawing {
  /** A document of its own: no script, no style sheet, nothing from elsewhere. */
  readonly svg: string;
  readonly width: number;
  readonly height: number;
}

const WIDTH_PX = 1200;
const PLOT_HEIGHT_PX = 480;
const PADDING_PX = 32;
const LEGEND_ROW_PX = 24;
const LEGEND_TEXT_PX = 320;
const SWATCH_PX = 14;

/** The chart with title, subtitle and legend, as wide as a slide, whatever the size of the window. */
export function drawingOf(source: ExportSource, theme: Theme): Drawing {
  const legend = inRows(source.legend);
  const legendTop = PADDING_PX + 34 + (source.subtitle ? 20 : 0);
  const plotTop = legendTop + legend.rows * LEGEND_ROW_PX + 16;
  const height = plotTop + PLOT_HEIGHT_PX + PADDING_PX;
  const plotWidth = WIDTH_PX - 2 * PADDING_PX;
  const svg = render(
    <svg
      xmlns="http://www.w3.org/2000/svg"
      width={WIDTH_PX}
      height={height}
      viewBox={`0 0 ${WIDTH_PX} ${height}`}
      fontFamily="Geist, system-ui, 'Segoe UI', Roboto, Helvetica, Arial, sans-serif"
    >
      <title>{source.title}</title>
      <rect width={WIDTH_PX} height={height} fill="var(--canvas)" />
      <text x={PADDING_PX} y={PADDING_PX + 16} fontSize="20" fontWeight="600" fill="var(--ink)">
        {fitted(source.title, plotWidth * 0.6)}
      </text>
      {source.subtitle && (
        <text x={PADDING_PX} y={PADDING_PX + 38} fontSize="13" fill="var(--ink-3)">
          {source.subtitle}
        </text>
      )}
      {legend.items.map(({ key, text, look, mark, x, row }, index) => {
        const y = legendTop + row * LEGEND_ROW_PX;
        return (
          <g key={key} transform={`translate(${x} ${y})`}>
            <defs>{look && <HatchPattern id={`legend-${index}`} appearance={look} />}</defs>
            {look && <rect y="3" width={SWATCH_PX} height={SWATCH_PX} rx="2" fill={`url(#legend-${index})`} />}
            {mark && (
              <g transform="translate(0 3)">
                <MarkSwatch mark={mark} />
              </g>
            )}
            <text x={SWATCH_PX + 6} y="14.5" fontSize="13" fill="var(--ink-2)">
              {text}
            </text>
          </g>
        );
      })}
      <g transform={`translate(${PADDING_PX} ${plotTop})`}>{source.draw(source.frameFor(plotWidth, PLOT_HEIGHT_PX))}</g>
    </svg>,
  );
  return { svg: inTheme(svg, theme), width: WIDTH_PX, height };
}

function inRows(legend: ExportSource['legend']) {
  let x = PADDING_PX;
  let row = 0;
  const items = legend.map(({ text, ...entry }) => {
    const shown = fitted(text, LEGEND_TEXT_PX);
    const width = SWATCH_PX + 6 + widthOf(shown) * 1.1 + 20;
    if (x > PADDING_PX && x + width > WIDTH_PX - PADDING_PX) {
      x = PADDING_PX;
      row++;
    }
    const item = { ...entry, text: shown, x, row };
    x += width;
    return item;
  });
  return { items, rows: legend.length === 0 ? 0 : row + 1 };
}

/** As text, drawn outside the document. */
function render(element: React.ReactElement): string {
  const holder = document.createElement('div');
  const root = createRoot(holder);
  flushSync(() => root.render(element));
  const svg = holder.firstElementChild;
  const text = svg ? new XMLSerializer().serializeToString(svg) : '';
  root.unmount();
  return text;
}
