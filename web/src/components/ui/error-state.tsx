'use client';
import { CircleAlert, RotateCw } from 'lucide-react';
import { exactTime } from '@/format';
import type { Problem } from '@/graphql/problem';
import { Button } from './button';
import { CopyButton } from './copy-button';

/** What a person can do about it, where the code tells. */
const ADVICE: Readonly<Record<string, string>> = {
  UNREACHABLE: 'Nothing was changed; try again once it answers.',
  FORBIDDEN: 'Ask an admin of this project for the role that allows it.',
  RATE_LIMITED: 'Wait a moment, then try again.',
  CONFLICT: 'Somebody else changed it meanwhile. Reload to see their version.',
  INTERNAL: 'Try again; if it stays, give the request id to the operator.',
};

function Reference({ problem }: { problem: Problem }) {
  return (
    <span className="flex flex-wrap items-center gap-x-3 text-caption text-ink-3">
      <span className="font-mono">{problem.code}</span>
      {problem.requestId && (
        <span className="inline-flex items-center gap-1">
          request <span className="font-mono">{problem.requestId}</span>
          <CopyButton text={problem.requestId} label="Copy request id" />
        </span>
      )}
    </span>
  );
}

interface ProblemNoteProps {
  problem: Problem;
  /** What is on screen could not be renewed, and was read then. */
  shownFrom?: Date | null | undefined;
}

/** A failure inside a form or a dialog, or beside what was there before it. */
export function ProblemNote({ problem, shownFrom }: ProblemNoteProps) {
  return (
    <div role="alert" className="flex gap-2.5 rounded-md bg-red-soft px-3 py-2.5">
      <CircleAlert aria-hidden className="mt-0.5 size-4 shrink-0 text-red" />
      <div className="min-w-0 flex-1 break-words">
        <div>{problem.message}</div>
        {shownFrom && <div className="figures text-ink-2">What is shown was read at {exactTime(shownFrom)}.</div>}
        <Reference problem={problem} />
      </div>
    </div>
  );
}

interface ErrorStateProps {
  /** What was being done: `The providers could not be loaded`. */
  title: string;
  problem: Problem;
  onRetry?: () => void;
}

/** Stands where the data would be: what failed, the code, the request id, what to do. */
export function ErrorState({ title, problem, onRetry }: ErrorStateProps) {
  return (
    <div role="alert" className="flex flex-col items-start gap-3 py-8">
      <div className="max-w-[640px]">
        <h2 className="flex items-center gap-2 text-section font-semibold">
          <CircleAlert aria-hidden className="size-4 text-red" />
          {title}
        </h2>
        <p className="mt-1 break-words text-ink-2">
          {problem.message} {ADVICE[problem.code] ?? ''}
        </p>
        <div className="mt-1">
          <Reference problem={problem} />
        </div>
      </div>
      {onRetry && (
        <Button icon={<RotateCw aria-hidden />} onClick={onRetry}>
          Try again
        </Button>
      )}
    </div>
  );
}
