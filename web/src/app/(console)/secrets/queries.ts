import { graphql } from '@/graphql/graphql';

export const SECRETS = graphql(`
  query Secrets {
    secrets { secretId lastFour version createdAt rotatedAt boundOrigins usedBy uses { provider slot } orphan }
  }
`);

export const CREATE_SECRET = graphql(`
  mutation CreateSecret($input: CreateSecretInput!) {
    createSecret(input: $input) { secretId lastFour version }
  }
`);

export const ROTATE_SECRET = graphql(`
  mutation RotateSecret($input: RotateSecretInput!) {
    rotateSecret(input: $input) { secretId lastFour version rotatedAt boundOrigins }
  }
`);

export const DELETE_SECRET = graphql(`
  mutation DeleteSecret($secretId: String!) {
    deleteSecret(secretId: $secretId)
  }
`);
