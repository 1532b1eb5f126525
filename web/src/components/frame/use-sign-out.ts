'use client';
import { useCallback } from 'react';
import { useMutation } from 'urql';
import { toastProblem } from '@/components/ui/toast';
import { graphql } from '@/graphql/graphql';
import { problemOf } from '@/graphql/problem';

const SIGN_OUT = graphql(`
  mutation SignOut {
    signOut
  }
`);

/** Ends the session and leaves by a full load, so that nothing of it stays in memory. */
export function useSignOut(): () => void {
  const [, execute] = useMutation(SIGN_OUT);
  return useCallback(() => {
    void execute({}).then((answer) => {
      const problem = answer.error && problemOf(answer.error);
      if (problem && problem.code !== 'UNAUTHENTICATED') toastProblem('Not signed out', problem);
      else window.location.assign('/signin');
    });
  }, [execute]);
}
