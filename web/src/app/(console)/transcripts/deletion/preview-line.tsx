import { ProblemNote } from '@/components/ui/error-state';
import { minuteTime, plural } from '@/format';
import type { Problem } from '@/graphql/problem';

interface PreviewLineProps {
  isChosen: boolean;
  found: { conversations: number; turns: number; firstAt: string | null; lastAt: string | null } | undefined;
  problem: Problem | null;
}

/** How much that would be, as far as it is stored by now. */
export function PreviewLine({ isChosen, found, problem }: PreviewLineProps) {
  if (problem) return <ProblemNote problem={problem} />;
  return (
    <p aria-live="polite" className="min-h-10 border-y border-line py-2.5 text-table text-ink-2">
      {!isChosen && 'Choose at least one of these. All that you set has to be true of a call.'}
      {isChosen && found === undefined && 'Counting…'}
      {found?.turns === 0 && 'Nothing of this kind is stored. Calls that are on their way are refused all the same.'}
      {found !== undefined && found.turns > 0 && (
        <>
          Would delete <strong className="figures">{plural(found.turns, 'turn')}</strong> of{' '}
          <strong className="figures">{plural(found.conversations, 'conversation')}</strong>
          {found.firstAt && found.lastAt && (
            <span className="figures text-ink-3">
              , {spanText(minuteTime(found.firstAt), minuteTime(found.lastAt))}
            </span>
          )}
        </>
      )}
    </p>
  );
}

const spanText = (from: string, to: string) => (from === to ? from : `${from} to ${to}`);
