import { initGraphQLTada } from 'gql.tada';
import type { introspection } from '../graphql-env';

export const graphql = initGraphQLTada<{
  introspection: introspection;
  scalars: {
    /** ISO 8601, UTC. */
    DateTime: string;
    /** Exact decimal, USD. */
    Decimal: string;
    /** Whole number up to 2^53-1. */
    Count: number;
  };
}>();

export type { ResultOf, VariablesOf } from 'gql.tada';
