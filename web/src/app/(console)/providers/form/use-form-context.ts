'use client';
import { useMemo } from 'react';
import { useData } from '@/graphql/use-data';
import { FORM_CONTEXT } from '../queries';
import type { FormContext } from './values';

/**
 * Types, secrets, names and environments the provider form is filled in against. `editing` names the provider whose own
 * name is not taken.
 */
export function useFormContext(editing?: string) {
  const { data, problem, refetch } = useData(FORM_CONTEXT, {});
  const context = useMemo<FormContext | null>(
    () =>
      data
        ? {
            types: data.providerTypes,
            secrets: data.secrets,
            takenNames: data.providers.nodes.map(({ name }) => name).filter((name) => name !== editing),
            environments: data.environments.map(({ name }) => name),
            detectors: data.redactionDetectors,
          }
        : null,
    [data, editing],
  );
  return { context, proxyUrlPrefix: data?.proxyUrlPrefix ?? '', problem, refetch };
}
