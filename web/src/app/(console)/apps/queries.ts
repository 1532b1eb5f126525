import { graphql } from '@/graphql/graphql';

export const APPS = graphql(`
  query Apps($range: TimeRange!) {
    environments { id name }
    apps {
      id name createdAt
      environment { id name }
      tokens { id state }
    }
    usageBreakdown(range: $range, groupBy: app, first: 500) {
      key
      totals { calls unpricedCalls spend }
    }
  }
`);

export const APP = graphql(`
  query App($id: ID!) {
    app(id: $id) {
      id name createdAt
      environment { id name }
      tokens { id name publicId allProviders providers createdAt expiresAt revokedAt state }
    }
    providers(first: 100) { nodes { id name displayName type enabled proxyUrl models passthrough environments } }
  }
`);

export const CREATE_APP = graphql(`
  mutation CreateApp($input: CreateAppInput!) {
    createApp(input: $input) { id name }
  }
`);

export const DELETE_APP = graphql(`
  mutation DeleteApp($id: ID!, $confirmName: String!) {
    deleteApp(id: $id, confirmName: $confirmName)
  }
`);

export const CREATE_TOKEN = graphql(`
  mutation CreateToken($input: CreateTokenInput!) {
    createToken(input: $input) { value token { id name publicId expiresAt allProviders providers } }
  }
`);

export const REVOKE_TOKEN = graphql(`
  mutation RevokeToken($id: ID!) {
    revokeToken(id: $id) { id state revokedAt }
  }
`);
