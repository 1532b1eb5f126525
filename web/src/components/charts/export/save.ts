import { toCsv } from '../../../csv';
import { type Drawing, drawingOf } from './drawing';
import type { ExportSource } from './source';
import type { Theme } from './theme';

interface Wanted {
  readonly kind: 'csv' | 'svg' | 'png';
  readonly theme: Theme;
  /** Without its ending. */
  readonly fileName: string;
}

/** Pixels of the picture for each of the drawing. */
const PNG_SCALE = 2;

/** Hands the chart to the person as a file. @throws Error when the browser cannot draw it */
export async function save(source: ExportSource, { kind, theme, fileName }: Wanted): Promise<void> {
  if (kind === 'csv') {
    // The mark makes spreadsheets read the file as UTF-8.
    handOver(`${fileName}.csv`, new Blob(['\uFEFF', toCsv(source.lines)], { type: 'text/csv;charset=utf-8' }));
    return;
  }
  const drawing = drawingOf(source, theme);
  const name = `${fileName}${theme === 'dark' ? '-dark' : ''}`;
  if (kind === 'svg') {
    handOver(`${name}.svg`, new Blob([drawing.svg], { type: 'image/svg+xml' }));
    return;
  }
  handOver(`${name}.png`, await pictureOf(drawing));
}

async function pictureOf({ svg, width, height }: Drawing): Promise<Blob> {
  const image = new Image(width, height);
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`;
  await image.decode();
  const canvas = document.createElement('canvas');
  canvas.width = width * PNG_SCALE;
  canvas.height = height * PNG_SCALE;
  canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height);
  const picture = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/png'));
  if (!picture) throw new Error('The browser could not make a picture of it.');
  return picture;
}

function handOver(name: string, file: Blob): void {
  const url = URL.createObjectURL(file);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  URL.revokeObjectURL(url);
}
