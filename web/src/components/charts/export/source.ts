import type { ReactElement } from 'react';
import type { Appearance } from '../appearance';
import type { Frame } from '../layout';

/** What a chart takes along when it leaves the page. */
export interface ExportSource {
  readonly title: string;
  readonly subtitle: string | undefined;
  readonly legend: readonly { readonly key: string; readonly text: string; readonly look: Appearance | undefined }[];
  readonly frameFor: (widthPx: number, heightPx: number) => Frame;
  readonly draw: (frame: Frame) => ReactElement;
  /** Every figure in every digit, header first. */
  readonly lines: readonly (readonly string[])[];
}
