import { type SpanRow, spansTable, writer } from '@weir/clickhouse';

/** What a test says about a span; everything else is made up. */
export type SentSpan = Partial<SpanRow> &
  Pick<SpanRow, 'project_id' | 'trace_id' | 'span_id' | 'app_id'> & { at: number };

const inThirtyDays = () => new Date(Date.now() + 30 * 86_400_000).toISOString().slice(0, 10);
const timeText = (at: number) => new Date(at).toISOString().replace('T', ' ').slice(0, 23);

/** Stores spans as the worker would. */
export async function storeSpans(clickhouseUrl: string, spans: readonly SentSpan[]): Promise<void> {
  const client = writer(clickhouseUrl);
  try {
    await spansTable(client).insert(
      spans.map(({ at, ...over }) => ({
        ...{
          started_at: `${timeText(at)}000`,
          parent_span_id: '',
          environment: 'production',
          app: 'shop',
          name: 'step',
        },
        ...{
          kind: 'internal',
          category: 'step',
          duration_ms: 5,
          status: 'unset',
          error_type: null,
          service: 'planner',
        },
        ...{ conversation: null, user: null, agent: null, tool: null, requested_model: null, served_model: null },
        ...{
          response_id: null,
          request_id: null,
          input_tokens: null,
          output_tokens: null,
          attributes: {},
          left_out: 0,
        },
        ...{ received_at: timeText(Date.now()), expires_at: inThirtyDays(), batch_id: 'batch' },
        ...over,
      })),
    );
  } finally {
    await client.close();
  }
}
