import { graphql } from '@/graphql/graphql';

export const TEST_TURN = graphql(`
  mutation TestTurn($input: TestTurnInput!) {
    testTurn(input: $input) {
      ok summary status latencyMs upstreamError code messages isWhole inputTokens outputTokens
    }
  }
`);
