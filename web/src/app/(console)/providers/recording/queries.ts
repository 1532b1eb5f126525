import { graphql } from '@/graphql/graphql';

export const REDACT_PATTERN_PROBLEMS = graphql(`
  query RedactPatternProblems($patterns: [RedactPatternInput!]!) {
    redactPatternProblems(patterns: $patterns) { field message }
  }
`);
