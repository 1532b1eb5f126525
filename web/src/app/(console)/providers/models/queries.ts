import { graphql } from '@/graphql/graphql';

export const CATALOG_PAGE = graphql(`
  query CatalogPage($type: String!, $first: Int!, $after: String) {
    catalogModels(type: $type, first: $first, after: $after) {
      id displayName family contextTokens capabilities inputUsdPerMillion outputUsdPerMillion
      needsInferenceProfile profiles
    }
  }
`);

export const CATALOG_ENTRY = graphql(`
  query CatalogEntry($type: String!, $search: String!) {
    catalogModels(type: $type, search: $search, first: 50) {
      id displayName family contextTokens maxOutputTokens capabilities needsInferenceProfile profiles
      rates { bucket usdPerMillion aboveTokens serviceTier }
    }
  }
`);

export const PROVIDER_MODELS = graphql(`
  query ProviderModels($provider: String!) {
    providerModels(provider: $provider) {
      model exposed inCatalog inputUsdPerMillion outputUsdPerMillion overridden spendUsd requests tokens unpriced
    }
  }
`);

export const RATE_CARD = graphql(`
  query RateCard($provider: String!, $model: String!, $serviceTier: String) {
    rateCard(provider: $provider, model: $model, serviceTier: $serviceTier) {
      model priceVersion
      buckets {
        bucket unit catalogUsdPerMillion effectiveUsdPerMillion source sourceUrl asOf
        overrideUsdPerMillion overridePerMillion overrideCurrency
      }
      example { catalogUsd effectiveUsd }
      history { at by from until serviceTier currency rates { bucket perMillion } }
    }
  }
`);

export const PREVIEW_RATE_CARD = graphql(`
  query PreviewRateCard(
    $provider: String!
    $model: String!
    $rates: [BucketRateInput!]!
    $serviceTier: String
    $currency: String
  ) {
    previewRateCard(
      provider: $provider
      model: $model
      rates: $rates
      serviceTier: $serviceTier
      currency: $currency
    ) {
      example { catalogUsd effectiveUsd }
      warnings { bucket code message }
    }
  }
`);

export const SET_PRICE_OVERRIDE = graphql(`
  mutation SetPriceOverride($input: SetPriceOverrideInput!) {
    setPriceOverride(input: $input) {
      model priceVersion
      buckets {
        bucket unit catalogUsdPerMillion effectiveUsdPerMillion source sourceUrl asOf
        overrideUsdPerMillion overridePerMillion overrideCurrency
      }
      example { catalogUsd effectiveUsd }
      history { at by from until serviceTier currency rates { bucket perMillion } }
    }
  }
`);
