/// <reference lib="dom" />
import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';

export interface Saved {
  readonly name: string;
  readonly bytes: Buffer;
}

/** What a click hands to the person as a file. */
export async function savedBy(page: Page, click: () => Promise<void>): Promise<Saved> {
  const [download] = await Promise.all([page.waitForEvent('download'), click()]);
  return { name: download.suggestedFilename(), bytes: readFileSync(await download.path()) };
}

export interface Picture {
  readonly width: number;
  readonly height: number;
  /** Of the corner, `rgb(r, g, b)`. */
  readonly ground: string;
  /** How many colours there are, edges softened by the browser included. */
  readonly colors: number;
}

/** Looks at a picture as a browser decodes it. @throws when it is none */
export function decoded(page: Page, { bytes }: Saved): Promise<Picture> {
  return page.evaluate(async (base64) => {
    const image = new Image();
    image.src = `data:image/png;base64,${base64}`;
    await image.decode();
    const canvas = document.createElement('canvas');
    canvas.width = image.naturalWidth;
    canvas.height = image.naturalHeight;
    const context = canvas.getContext('2d');
    if (!context) throw new Error('no canvas');
    context.drawImage(image, 0, 0);
    const { data } = context.getImageData(0, 0, canvas.width, canvas.height);
    const colors = new Set<number>();
    for (let at = 0; at < data.length; at += 4) {
      colors.add(((data[at] ?? 0) << 16) | ((data[at + 1] ?? 0) << 8) | (data[at + 2] ?? 0));
    }
    return {
      width: canvas.width,
      height: canvas.height,
      ground: `rgb(${data[0]}, ${data[1]}, ${data[2]})`,
      colors: colors.size,
    };
  }, bytes.toString('base64'));
}

/** The lines of an RFC 4180 text, without the mark at its start. */
export function csvLines({ bytes }: Saved): Record<string, string>[] {
  const rows = bytes
    .toString('utf8')
    .replace(/^\uFEFF/, '')
    .split('\r\n')
    .filter(Boolean)
    .map((line) =>
      [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)].map(
        ([, quoted, plain]) => quoted?.replaceAll('""', '"') ?? plain ?? '',
      ),
    );
  const [header = [], ...lines] = rows;
  return lines.map((line) => Object.fromEntries(header.map((name, at) => [name, line[at] ?? ''])));
}
