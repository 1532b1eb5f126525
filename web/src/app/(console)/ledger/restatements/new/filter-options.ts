import { graphql } from '@/graphql/graphql';

/** What a restatement can be narrowed to: everything that had traffic in the range, whatever is chosen now. */
export const FILTER_OPTIONS = graphql(`
  query FilterOptions($range: TimeRange!) {
    byProvider: usageBreakdown(range: $range, groupBy: provider, first: 500) { key label }
    byModel: usageBreakdown(range: $range, groupBy: model, first: 500) { key label }
    byApp: usageBreakdown(range: $range, groupBy: app, first: 500) { key label }
    environments { id name }
  }
`);

export const FILTERS = ['providers', 'models', 'apps', 'environments'] as const;
export type Filter = (typeof FILTERS)[number];
export const FILTER_LABELS: Record<Filter, string> = {
  providers: 'Provider',
  models: 'Model',
  apps: 'App',
  environments: 'Environment',
};
