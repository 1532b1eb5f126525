import type { ConsoleClient } from '../../../e2e/console-client.js';

/** One call as GraphQL answers it. */
export interface AnsweredCall {
  readonly eventId: string;
  readonly callId: string;
  readonly attempt: number;
  readonly outcome: string;
  readonly usageSource: string;
  readonly requestedModel: string | null;
  readonly servedModel: string | null;
  readonly errorCode: string | null;
  readonly inputTokens: number | null;
  readonly cachedInputTokens: number | null;
  readonly outputTokens: number | null;
  readonly reasoningTokens: number | null;
  readonly rating: { readonly cost: string | null; readonly status: string } | null;
}

const PAGE = 77;
const FIELDS = `eventId callId attempt outcome usageSource requestedModel servedModel errorCode inputTokens
  cachedInputTokens outputTokens reasoningTokens rating { cost status }`;

/** Every call, page by page, with a page size that does not divide the whole. */
export async function readAnswered(console: ConsoleClient): Promise<ReadonlyMap<string, AnsweredCall>> {
  const calls = new Map<string, AnsweredCall>();
  let after: string | null = null;
  for (;;) {
    const { calls: page }: { calls: { nodes: AnsweredCall[]; endCursor: string | null; hasNextPage: boolean } } =
      await console.ask(
        `query($after: String, $first: Int) { calls(first: $first, after: $after) { endCursor hasNextPage nodes { ${FIELDS} } } }`,
        { after, first: PAGE },
      );
    for (const call of page.nodes) calls.set(call.eventId, call);
    if (!page.hasNextPage) return calls;
    after = page.endCursor;
  }
}
