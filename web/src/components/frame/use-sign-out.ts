'use client';
import { useCallback } from 'react';
import { useMutation } from 'urql';
import { toastProblem } from '@/components/ui/toast';
import { graphql } from '@/graphql/graphql';
import { leaveForGood } from '@/graphql/leaving';
import { isSignedOut, problemOf } from '@/graphql/problem';

const SIGN_OUT = graphql(`
  mutation SignOut {
    signOut
  }
`);

/** Ends the session and leaves for the sign-in page. */
export function useSignOut(): () => void {
  const [, execute] = useMutation(SIGN_OUT);
  return useCallback(() => {
    void leaveForGood(async () => {
      const { error } = await execute({});
      const problem = error && problemOf(error);
      const hasEnded = !problem || isSignedOut(problem);
      if (!hasEnded) toastProblem('Not signed out', problem);
      return hasEnded;
    });
  }, [execute]);
}
