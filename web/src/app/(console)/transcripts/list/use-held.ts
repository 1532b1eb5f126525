'use client';
import { useReducer, useRef } from 'react';
import { heldRows, type RowsPage } from './held';

interface Page<Row extends { readonly id: string }> extends RowsPage<Row> {
  readonly endCursor: string | null;
}

interface Asked<Row extends { readonly id: string }> {
  /** What is asked, as text. */
  readonly question: string;
  /** The newest answer; to an earlier question while the one to this is on its way. */
  readonly page: Page<Row> | undefined;
  readonly isUnderWay: boolean;
}

/** A list as it was when it was asked for, until somebody wants what is newer. Nothing to read is nothing to hold. */
export function useHeld<Row extends { readonly id: string }>(asked: Asked<Row>) {
  const { question, page, isUnderWay } = asked;
  const [, draw] = useReducer((drawn: number) => drawn + 1, 0);
  const held = useRef<{ readonly question: string; readonly page: Page<Row> } | null>(null);
  const isAnswered = held.current?.question === question && held.current.page.nodes.length > 0;
  if (page && !isAnswered && (!isUnderWay || held.current === null)) {
    held.current = { question: isUnderWay ? '' : question, page };
  }
  const show = () => {
    held.current = null;
    draw();
  };
  const shown = page && held.current?.page;
  const isOfAnother = shown !== undefined && isUnderWay && held.current?.question !== question;
  const rest = { page: shown, show, isOfAnother };
  return shown && isAnswered ? { ...rest, ...heldRows(shown, page) } : { ...rest, rows: shown?.nodes, newer: 0 };
}
