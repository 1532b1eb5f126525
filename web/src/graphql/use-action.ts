'use client';
import type { TadaDocumentNode } from 'gql.tada';
import { useCallback, useState } from 'react';
import { type AnyVariables, type OperationContext, useMutation } from 'urql';
import { type Problem, problemOf } from './problem';

export interface Action<Result, Variables> {
  /** Resolves to the result, or to null after `problem` was set; never rejects. */
  readonly run: (variables: Variables, context?: Partial<OperationContext>) => Promise<Result | null>;
  readonly running: boolean;
  readonly problem: Problem | null;
  readonly reset: () => void;
}

/** A mutation for a form or a button. Lists that may be empty need `{ additionalTypenames: ['Provider'] }` as context. */
export function useAction<Result, Variables extends AnyVariables>(
  document: TadaDocumentNode<Result, Variables>,
): Action<Result, Variables> {
  const [state, execute] = useMutation<Result, AnyVariables>(document as TadaDocumentNode<Result, AnyVariables>);
  const [problem, setProblem] = useState<Problem | null>(null);
  const run = useCallback(
    async (variables: Variables, context?: Partial<OperationContext>) => {
      setProblem(null);
      const answer = await execute(variables, context);
      if (answer.error) {
        setProblem(problemOf(answer.error));
        return null;
      }
      return answer.data ?? null;
    },
    [execute],
  );
  const reset = useCallback(() => setProblem(null), []);
  return { run, running: state.fetching, problem, reset };
}
