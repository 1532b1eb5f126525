import { graphql } from '@/graphql/graphql';

export const TOKEN_CHOICES = graphql(`
  query TokenChoices {
    environments { id name }
    apps { id name environment { id name } }
  }
`);
