import { graphql } from '@/graphql/graphql';

export const REVISION = graphql(`
  query UsageRevision {
    usageRevision
  }
`);
