import { graphql } from '@/graphql/graphql';

export const NOTICES = graphql(`
  query Notices {
    notices { id kind title detail provider endpoint model calls since }
  }
`);
