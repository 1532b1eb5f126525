'use client';
import { parseAsInteger, parseAsString, useQueryStates } from 'nuqs';
import { useCallback, useRef } from 'react';

export const PAGE_SIZES = [25, 50, 100, 200] as const;

/**
 * Keyset paging with its state in the URL (`after`, `page`, `rows`), so that back works and a link opens the same page.
 * A page opened by a link knows no predecessor; "previous" then leads to the first page.
 */
export function useKeyset(defaultRows = 50) {
  const [{ after, page, rows }, setState] = useQueryStates(
    { after: parseAsString, page: parseAsInteger.withDefault(1), rows: parseAsInteger.withDefault(defaultRows) },
    { history: 'push', scroll: true },
  );
  const previousOf = useRef(new Map<string, string | null>());
  const first = Math.min(Math.max(rows, 1), PAGE_SIZES[PAGE_SIZES.length - 1] as number);

  const next = useCallback(
    (endCursor: string) => {
      previousOf.current.set(endCursor, after);
      void setState({ after: endCursor, page: page + 1 });
    },
    [after, page, setState],
  );
  const previous = useCallback(() => {
    const before = after === null ? null : (previousOf.current.get(after) ?? null);
    void setState({ after: before, page: before === null ? null : page - 1 });
  }, [after, page, setState]);
  const setRows = useCallback((value: number) => void setState({ rows: value, after: null, page: null }), [setState]);

  return { after, first, page: after === null ? 1 : page, next, previous, setRows, rows: first };
}

export type Keyset = ReturnType<typeof useKeyset>;
