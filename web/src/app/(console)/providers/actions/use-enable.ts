'use client';
import { useCallback, useEffect } from 'react';
import { toast, toastProblem } from '@/components/ui/toast';
import { useAction } from '@/graphql/use-action';
import { SET_PROVIDER_ENABLED } from '../queries';

/** Enables a provider at once: nothing is lost by it, so nobody is asked. */
export function useEnable() {
  const { run, problem } = useAction(SET_PROVIDER_ENABLED);
  useEffect(() => {
    if (problem) toastProblem('The provider was not enabled', problem);
  }, [problem]);
  return useCallback(
    async ({ name, displayName }: { name: string; displayName: string }) => {
      if (await run({ name, enabled: true })) toast(`${displayName} enabled`);
    },
    [run],
  );
}
