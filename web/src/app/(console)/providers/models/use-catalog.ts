'use client';
import { useMemo } from 'react';
import { useData } from '@/graphql/use-data';
import { CATALOG_MODELS } from '../queries';
import type { CatalogModel } from './rates';

/** Above what any provider type publishes, so that the list is whole and can be searched in place; 500 cost too much. */
const EVERY = 400;

/** The published models of a provider type; empty while loading and for types without a catalog. */
export function useCatalog(providerType: string) {
  const { data, loading, problem } = useData(
    CATALOG_MODELS,
    { type: providerType, search: null, first: EVERY },
    { pause: providerType === '' },
  );
  const models: readonly CatalogModel[] = data?.catalogModels ?? NONE;
  const byId = useMemo(() => new Map(models.map((model) => [model.id, model])), [models]);
  return { models, byId, loading, problem };
}

const NONE: readonly CatalogModel[] = [];
