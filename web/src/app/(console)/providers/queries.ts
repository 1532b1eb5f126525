import { graphql } from '@/graphql/graphql';

export const PROVIDER_LIST = graphql(`
  query ProviderList($filter: ProviderFilter, $sort: ProviderSort, $descending: Boolean, $first: Int!, $after: String) {
    providerTypes { type label }
    environments { id name }
    providers(filter: $filter, sort: $sort, descending: $descending, first: $first, after: $after) {
      totalCount
      hasNextPage
      endCursor
      nodes {
        id name displayName type enabled status statusReasons environments models proxyUrl baseUrl revision updatedAt
        lastSevenDays { spend unpricedCalls requests tokens spendByDay unpricedCallsByDay requestsByDay tokensByDay }
      }
    }
  }
`);

export const LISTED_MODELS = graphql(`
  query ListedModels {
    providers(first: 200) { nodes { id models } }
  }
`);

const SETTING_FIELD = graphql(`
  fragment SettingFieldParts on SettingField @_unmask { name label required placeholder help pattern options }
`);

export const FORM_CONTEXT = graphql(
  `
  query ProviderFormContext {
    proxyUrlPrefix
    providerTypes {
      type label summary defaultBaseUrl baseUrlTemplate baseUrlExample baseUrlHelp supportsPassthrough
      clientClose { policy because }
      settings { ...SettingFieldParts }
      credentialForms {
        kind label summary
        secrets { slot label required suggestedSecretId help }
        settings { ...SettingFieldParts }
      }
    }
    environments { id name }
    redactionDetectors { name label finds }
    secrets { secretId lastFour version rotatedAt boundOrigins usedBy }
    providers(first: 200) { nodes { id name } }
  }
`,
  [SETTING_FIELD],
);

export const PROVIDER_DETAIL = graphql(`
  query ProviderDetail($name: String!) {
    providerTypes {
      type label summary supportsPassthrough
      clientClose { policy because }
      settings { name label }
      credentialForms { kind label secrets { slot label } settings { name label } }
    }
    redactionDetectors { name label }
    provider(name: $name) {
      id name displayName type enabled baseUrl passthrough environments models proxyUrl
      recordInputs recordOutputs
      recording { retentionDays maxBodyBytes samplePer10k redactDetectors redactPatterns { name pattern } }
      onClientClose drainSeconds usageFallback revision createdAt updatedAt deletedAt
      status statusReasons credentialKind
      credentials { slot secret { secretId lastFour version rotatedAt } }
      settings { name value }
      endpoints { endpoint path state reason checkedAt latencyMs }
      lastSevenDays { spend unpricedCalls requests tokens spendByDay unpricedCallsByDay requestsByDay tokensByDay }
    }
  }
`);

export const PROVIDER_HEALTH = graphql(`
  query ProviderHealth($range: TimeRange!, $filter: UsageFilter) {
    usageTotals(range: $range, filter: $filter) { calls failedCalls refusedCalls }
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
      onClientClose drainSeconds usageFallback recordInputs recordOutputs
      recording { retentionDays maxBodyBytes samplePer10k redactDetectors redactPatterns { name pattern } }
      status statusReasons credentialKind
      credentials { slot secret { secretId lastFour version rotatedAt } }
      settings { name value }
      endpoints { endpoint path state reason checkedAt latencyMs }
    }
  }
`);

export const SET_PROVIDER_ENABLED = graphql(`
  mutation SetProviderEnabled($name: String!, $enabled: Boolean!) {
    setProviderEnabled(name: $name, enabled: $enabled) { id enabled status statusReasons revision updatedAt }
  }
`);

export const SET_PROVIDERS_ENABLED = graphql(`
  mutation SetProvidersEnabled($names: [String!]!, $enabled: Boolean!) {
    setProvidersEnabled(names: $names, enabled: $enabled) { id enabled status statusReasons revision updatedAt }
  }
`);

export const DELETE_PROVIDER = graphql(`
  mutation DeleteProvider($name: String!, $confirmName: String!) {
    deleteProvider(name: $name, confirmName: $confirmName)
  }
`);

export const TEST_CONNECTION = graphql(`
  mutation TestConnection($input: TestConnectionInput!) {
    testConnection(input: $input) {
      ok summary status latencyMs model upstreamError code models curl
      endpoints { endpoint path state reason checkedAt latencyMs }
    }
  }
`);
