'use client';
import { ChevronLeft, ChevronRight } from 'lucide-react';
import { Button } from '@/components/ui/button';
import { Select } from '@/components/ui/select';
import { plural } from '@/format';
import { type Keyset, PAGE_SIZES } from './use-keyset';

export interface PagingProps {
  keyset: Keyset;
  endCursor: string | null;
  hasNextPage: boolean;
  totalCount?: number;
  /** What the rows are: `call`. */
  noun?: string;
  /** Its plural, where that is not `noun` with an s. */
  nouns?: string;
}

const SIZE_OPTIONS = PAGE_SIZES.map((size) => ({ value: String(size), label: String(size) }));

/** Which rows these are, in words. */
export function shownText(
  { keyset, totalCount, noun = 'row', nouns = `${noun}s` }: PagingProps,
  shown: number,
): string {
  if (shown === 0) return `No ${nouns}`;
  if (totalCount !== undefined) return plural(totalCount, noun, nouns);
  return `Page ${keyset.page}, ${plural(shown, noun, nouns)}`;
}

export function Paging({ shown, ...paging }: PagingProps & { shown: number }) {
  const { keyset, endCursor, hasNextPage } = paging;
  return (
    <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2 pt-2 text-table text-ink-3">
      <span className="figures">{shownText(paging, shown)}</span>
      <div className="flex items-center gap-2">
        <span className="max-sm:hidden">Rows per page</span>
        <Select
          aria-label="Rows per page"
          size="sm"
          className="w-[72px]"
          value={String(keyset.rows)}
          onChange={(value) => keyset.setRows(Number(value))}
          options={SIZE_OPTIONS}
        />
        <Button size="sm" icon={<ChevronLeft aria-hidden />} disabled={keyset.after === null} onClick={keyset.previous}>
          Previous
        </Button>
        <Button
          size="sm"
          disabled={!hasNextPage || endCursor === null}
          onClick={() => endCursor !== null && keyset.next(endCursor)}
        >
          Next
          <ChevronRight aria-hidden />
        </Button>
      </div>
    </div>
  );
}
