import { graphql, type ResultOf } from '@/graphql/graphql';

const DELETION = graphql(`
  fragment DeletionParts on TranscriptDeletion @_unmask {
    id state orderedAt orderedBy reason conversationId appId user providerId from to
    tables { table found left }
    spools { proxyId state bytes waitsSince seenAt }
    doneAt bytesGoneAt problem
  }
`);

export const DELETIONS = graphql(
  `
  query TranscriptDeletions($first: Int!, $after: String) {
    transcriptDeletions(first: $first, after: $after) {
      endCursor
      hasNextPage
      nodes { ...DeletionParts }
    }
  }
`,
  [DELETION],
);

export const ONE_DELETION = graphql(
  `
  query OneTranscriptDeletion($id: ID!) {
    transcriptDeletion(id: $id) { ...DeletionParts }
  }
`,
  [DELETION],
);

/** By what a scope is named to people. */
export const SCOPE_NAMES = graphql(`
  query DeletionScopeNames {
    apps { id name }
    providers(first: 200) { nodes { id name displayName } }
  }
`);

export const DELETION_PREVIEW = graphql(`
  query DeletionPreview($scope: TranscriptScopeInput!) {
    transcriptDeletionPreview(scope: $scope) { conversations turns firstAt lastAt }
  }
`);

export const DELETE_TRANSCRIPTS = graphql(`
  mutation DeleteTranscripts($input: DeleteTranscriptsInput!) {
    deleteTranscripts(input: $input) { id }
  }
`);

export type Deletion = NonNullable<ResultOf<typeof ONE_DELETION>['transcriptDeletion']>;
export type ScopeNames = ResultOf<typeof SCOPE_NAMES>;
