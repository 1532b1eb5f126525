'use client';
import { ChevronDown, ChevronUp, Search } from 'lucide-react';
import { IconButton } from '@/components/ui/icon-button';
import { Input } from '@/components/ui/input';
import { count } from '@/format';
import type { Find } from './use-find';

/** Words within the conversation: how many turns have them, and the way from one to the next. */
export function FindBar({ find }: { find: Find }) {
  const { typed, type, hits, at, step, problem } = find;
  const isAsked = typed.trim() !== '';
  return (
    <search className="flex w-full items-center gap-1 sm:w-auto">
      <span className="min-w-0 flex-1 sm:w-64">
        <Input
          type="search"
          data-search
          aria-label="Find in this conversation"
          placeholder="Find words that were said"
          icon={<Search />}
          className="h-7 text-table"
          value={typed}
          onChange={(event) => type(event.target.value)}
          onKeyDown={(event) => {
            if (event.key === 'Enter') {
              event.preventDefault();
              step(event.shiftKey ? -1 : 1);
            } else if (event.key === 'Escape' && isAsked) {
              event.preventDefault();
              type('');
            }
          }}
        />
      </span>
      {isAsked && (
        <>
          <span role="status" className="figures shrink-0 px-1 text-caption whitespace-nowrap text-ink-2">
            {problem ? problem.message : hitsText(hits, at)}
          </span>
          <IconButton
            size="sm"
            label="Previous turn with these words"
            keys={['⇧', '↵']}
            icon={<ChevronUp aria-hidden />}
            disabled={!hits?.length}
            onClick={() => step(-1)}
          />
          <IconButton
            size="sm"
            label="Next turn with these words"
            keys={['↵']}
            icon={<ChevronDown aria-hidden />}
            disabled={!hits?.length}
            onClick={() => step(1)}
          />
        </>
      )}
    </search>
  );
}

function hitsText(hits: readonly string[] | null, at: number | null): string {
  if (hits === null) return 'looking…';
  if (hits.length === 0) return 'no turn has these words';
  const turns = hits.length === 1 ? 'turn' : 'turns';
  return at === null ? `${count(hits.length)} ${turns}` : `${count(at + 1)} of ${count(hits.length)} ${turns}`;
}
