import { graphql } from '@/graphql/graphql';

export const UNPRICED_MODELS = graphql(`
  query UnpricedModels($range: TimeRange!) {
    unpricedModels(range: $range) {
      provider providerType model reason calls firstAt lastAt
      quantities { bucket quantity }
      exposure
      nearest { vendor model because }
    }
  }
`);

export const PREVIEW_BACKLOG = graphql(`
  mutation PreviewBacklog($input: PreviewRestatementInput!) {
    previewRestatement(input: $input) { id }
  }
`);
