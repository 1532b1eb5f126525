import { graphql, type ResultOf } from '@/graphql/graphql';

export const API_TOKENS = graphql(`
  query ApiTokens {
    apiTokens { id name lastFour createdBy createdAt expiresAt lastUsedAt revokedAt }
  }
`);

export const CREATE_API_TOKEN = graphql(`
  mutation CreateApiToken($input: CreateApiTokenInput!) {
    createApiToken(input: $input) {
      secret
      token { id name lastFour createdBy createdAt expiresAt lastUsedAt revokedAt }
    }
  }
`);

export const REVOKE_API_TOKEN = graphql(`
  mutation RevokeApiToken($id: ID!) {
    revokeApiToken(id: $id) { id revokedAt }
  }
`);

export type ApiToken = ResultOf<typeof API_TOKENS>['apiTokens'][number];
/** Lists that may be empty name their type: see `useAction`. */
export const OF_API_TOKENS = { additionalTypenames: ['ApiToken'] };
