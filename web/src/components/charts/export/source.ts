import type { ReactElement } from 'react';
import type { Appearance } from '../appearance';
import type { Frame } from '../layout';

interface LegendEntry {
  readonly key: string;
  readonly text: string;
  /** Of a series; else what is drawn over them. */
  readonly look?: Appearance | undefined;
  readonly mark?: Mark;
}

export type Mark = 'previous' | 'forecast';

/** What a chart takes along when it leaves the page. */
export interface ExportSource {
  readonly title: string;
  readonly subtitle: string | undefined;
  readonly legend: readonly LegendEntry[];
  readonly frameFor: (widthPx: number, heightPx: number) => Frame;
  readonly draw: (frame: Frame) => ReactElement;
  /** Every figure in every digit, header first. */
  readonly lines: readonly (readonly string[])[];
}
