'use client';
import { useEffect, useMemo, useState } from 'react';
import { useClient } from 'urql';
import type { ResultOf } from '@/graphql/graphql';
import { type Problem, problemOf } from '@/graphql/problem';
import { CATALOG_PAGE } from './queries';

export type CatalogModel = ResultOf<typeof CATALOG_PAGE>['catalogModels'][number];

const PAGE = 500;

interface Read {
  readonly type: string;
  readonly models: readonly CatalogModel[];
  readonly isWhole: boolean;
  readonly problem: Problem | null;
}

const NONE: Read = { type: '', models: [], isWhole: false, problem: null };

/** Every published model of a provider type, page by page; empty while loading and for types without a catalog. */
export function useCatalog(providerType: string) {
  const client = useClient();
  const [read, setRead] = useState<Read>(NONE);
  useEffect(() => {
    if (providerType === '') return;
    let isCurrent = true;
    const readAll = async () => {
      let models: CatalogModel[] = [];
      for (let page = PAGE; page === PAGE && isCurrent; ) {
        const after = models.at(-1)?.id ?? null;
        const { data, error } = await client
          .query(CATALOG_PAGE, { type: providerType, first: PAGE, after })
          .toPromise();
        if (!isCurrent) return;
        if (error || !data)
          return setRead({ type: providerType, models, isWhole: true, problem: error ? problemOf(error) : null });
        page = data.catalogModels.length;
        models = [...models, ...data.catalogModels];
        setRead({ type: providerType, models, isWhole: page < PAGE, problem: null });
      }
    };
    void readAll();
    return () => {
      isCurrent = false;
    };
  }, [client, providerType]);

  const current = read.type === providerType ? read : NONE;
  const byId = useMemo(() => new Map(current.models.map((model) => [model.id, model])), [current.models]);
  return {
    models: current.models,
    byId,
    loading: providerType !== '' && !current.isWhole,
    problem: current.problem,
  };
}
