import { graphql, type ResultOf } from '@/graphql/graphql';

export const RESTATEMENTS = graphql(`
  query Restatements($first: Int!, $after: String) {
    restatements(first: $first, after: $after) {
      endCursor
      hasNextPage
      nodes {
        id number kind state from to reason requestedBy requestedAt
        filter { providers models apps environments unpricedOnly }
        preview { eventsChanged difference }
        booked { eventsChanged difference }
        reverses { id number }
        reversedBy { id number state }
      }
    }
  }
`);

export const RESTATEMENT = graphql(`
  query Restatement($id: ID!) {
    restatement(id: $id) {
      id number kind state from to reason requestedBy requestedAt bookedBy bookedAt knownAt problem
      filter { providers models apps environments unpricedOnly }
      progress { done total }
      preview {
        eventsSeen eventsChanged newlyPriced newlyUnpriced restatedSince before after difference
        byProvider { key other events before after difference }
        byModel { key other events before after difference }
        byBucket { key other events before after difference }
      }
      booked {
        eventsSeen eventsChanged newlyPriced newlyUnpriced restatedSince before after difference
        byProvider { key other events before after difference }
        byModel { key other events before after difference }
        byBucket { key other events before after difference }
      }
      reverses { id number }
      reversedBy { id number state }
    }
  }
`);

export const PREVIEW_RESTATEMENT = graphql(`
  mutation PreviewRestatement($input: PreviewRestatementInput!) {
    previewRestatement(input: $input) { id number state }
  }
`);

export const BOOK_RESTATEMENT = graphql(`
  mutation BookRestatement($id: ID!) {
    bookRestatement(id: $id) { id state }
  }
`);

export const CANCEL_RESTATEMENT = graphql(`
  mutation CancelRestatement($id: ID!) {
    cancelRestatement(id: $id) { id state }
  }
`);

export const REVERSE_RESTATEMENT = graphql(`
  mutation ReverseRestatement($id: ID!, $reason: String!) {
    reverseRestatement(id: $id, reason: $reason) { id number state }
  }
`);

export type Restatement = NonNullable<ResultOf<typeof RESTATEMENT>['restatement']>;
export type RestatementRow = ResultOf<typeof RESTATEMENTS>['restatements']['nodes'][number];
export type Difference = NonNullable<Restatement['preview']>;
