'use client';
import { ErrorState } from '@/components/ui/error-state';
import type { Problem } from '@/graphql/problem';
import type { UsageState } from '../state/use-usage-state';
import { CheaperWays, isTooCostly } from './too-costly';

interface SectionProblemProps {
  title: string;
  problem: Problem;
  state: UsageState;
  onRetry: () => void;
}

/** Stands in one section while the others have their figures. */
export function SectionProblem({ title, problem, state, onRetry }: SectionProblemProps) {
  if (!isTooCostly(problem)) return <ErrorState title={title} problem={problem} onRetry={onRetry} />;
  return (
    <div className="flex flex-col items-start gap-3">
      <p className="max-w-[640px] text-ink-2">{problem.message}</p>
      <CheaperWays state={state} />
    </div>
  );
}
