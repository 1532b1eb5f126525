import { graphql } from '@/graphql/graphql';

export const PROVIDER_LIST = graphql(`
  query ProviderList($filter: ProviderFilter, $first: Int!, $after: String) {
    providerTypes { type label }
    providers(filter: $filter, first: $first, after: $after) {
      totalCount
      hasNextPage
      endCursor
      nodes {
        id name displayName type enabled models proxyUrl baseUrl revision updatedAt
        lastSevenDays { spend unpricedCalls requests tokens spendByDay requestsByDay }
      }
    }
  }
`);

export const FORM_CONTEXT = graphql(`
  query ProviderFormContext {
    proxyUrlPrefix
    providerTypes { type label summary defaultBaseUrl credentialRequired suggestedSecretId supportsPassthrough }
    environments { id name }
    secrets { secretId lastFour boundOrigins }
    providers(first: 100) { nodes { id name } }
  }
`);

export const CATALOG_MODELS = graphql(`
  query CatalogModels($type: String!, $search: String, $first: Int!) {
    catalogModels(type: $type, search: $search, first: $first) {
      id displayName contextTokens
      rates { bucket usdPerMillion aboveTokens serviceTier }
    }
  }
`);

export const PROVIDER_DETAIL = graphql(`
  query ProviderDetail($name: String!) {
    providerTypes { type label summary defaultBaseUrl credentialRequired suggestedSecretId supportsPassthrough }
    provider(name: $name) {
      id name displayName type enabled baseUrl passthrough environments models proxyUrl
      recordInputs recordOutputs revision createdAt updatedAt deletedAt
      secret { secretId lastFour version boundOrigins }
      lastSevenDays { spend unpricedCalls requests tokens spendByDay requestsByDay tokensByDay }
    }
  }
`);

export const MODEL_USAGE = graphql(`
  query ModelUsage($range: TimeRange!, $filter: UsageFilter) {
    usageBreakdown(range: $range, groupBy: model, filter: $filter, first: 500) {
      key
      totals { calls unpricedCalls spend totalTokens }
    }
  }
`);

export const CREATE_PROVIDER = graphql(`
  mutation CreateProvider($input: CreateProviderInput!) {
    createProvider(input: $input) { id name }
  }
`);

export const UPDATE_PROVIDER = graphql(`
  mutation UpdateProvider($input: UpdateProviderInput!) {
    updateProvider(input: $input) {
      id name displayName type enabled baseUrl passthrough environments models revision updatedAt
      secret { secretId lastFour version boundOrigins }
    }
  }
`);

export const SET_PROVIDER_ENABLED = graphql(`
  mutation SetProviderEnabled($name: String!, $enabled: Boolean!) {
    setProviderEnabled(name: $name, enabled: $enabled) { id enabled revision updatedAt }
  }
`);

export const DELETE_PROVIDER = graphql(`
  mutation DeleteProvider($name: String!, $confirmName: String!) {
    deleteProvider(name: $name, confirmName: $confirmName)
  }
`);

export const TEST_CONNECTION = graphql(`
  mutation TestConnection($input: TestConnectionInput!) {
    testConnection(input: $input) { ok summary status latencyMs model upstreamError code models curl }
  }
`);
