'use client';
import { useState } from 'react';
import { type Appearances, appearances, inKnownOrder } from './appearance';
import type { TimeSeries } from './series';

interface Asked {
  /** What is charted: another grouping starts anew. */
  readonly label: string;
  /** Which window: another one may order its series anew, in the colours they had. */
  readonly window: string;
  readonly given: readonly TimeSeries[];
}

interface Known extends Asked {
  readonly series: readonly TimeSeries[];
  readonly looks: Appearances;
}

/** Series in a standing order with standing looks: figures that come in while somebody reads move and recolour nothing. */
export function useLooks(asked: Asked): Pick<Known, 'series' | 'looks'> {
  const [known, setKnown] = useState(() => arranged(asked, null));
  if (known.label === asked.label && known.window === asked.window && known.given === asked.given) return known;
  const next = arranged(asked, known);
  setKnown(next);
  return next;
}

function arranged(asked: Asked, before: Known | null): Known {
  const isSameChart = before?.label === asked.label;
  const order = isSameChart && before.window === asked.window ? before.series.map(({ key }) => key) : [];
  const series = inKnownOrder(asked.given, order);
  return { ...asked, series, looks: appearances(series, isSameChart ? before.looks : undefined) };
}
