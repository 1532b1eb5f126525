'use client';
import { createContext, useContext } from 'react';
import type { TurnsIndex } from './timeline/turns-index';

/** What every part of the screen knows of the conversation, and may do with it. */
export interface Reading {
  /** null = it is on its way. */
  readonly index: TurnsIndex | null;
  /** Shows that turn; the address names it from then on. */
  readonly jumpTo: (eventId: string) => void;
  /** Compares the prompts of two turns; null = whoever reads may read no prompts. */
  readonly compare: ((beforeId: string, afterId: string) => void) | null;
  /** Numbers of the threads of which only the first turn is shown. */
  readonly folded: ReadonlySet<number>;
  readonly fold: (thread: number) => void;
}

const Context = createContext<Reading>({
  ...{ index: null, jumpTo: () => {}, compare: null, folded: new Set(), fold: () => {} },
});
export const ReadingProvider = Context.Provider;
export const useReading = () => useContext(Context);
