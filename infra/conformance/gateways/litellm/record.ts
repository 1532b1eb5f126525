import { z } from 'zod';
import type { MeterName } from '../../case/expectation.js';
import type { GatewayRecord } from '../gateway.js';

/** One line of the recorder. */
export const recorded = z.object({
  nonce: z.string().nullable(),
  status: z.enum(['success', 'failure']),
  model: z.string().nullable(),
  modelGroup: z.string().nullable(),
  stream: z.boolean().nullable(),
  cost: z.string().nullable(),
  /** LiteLLM's own word that a cost of 0 is none it could work out. */
  costUnknown: z.string().nullable(),
  usage: z.looseObject({}).nullable(),
  promptTokens: z.number().nullable(),
  completionTokens: z.number().nullable(),
  text: z.string(),
});
export type Recorded = z.infer<typeof recorded>;

/** Meters of the suite that its log has a figure for in every call. */
export const METERS: ReadonlySet<MeterName> = new Set<MeterName>(['input', 'cachedInput', 'output']);

/** Its own terms as those of the suite. A claim it does not make is left out, so that nothing is held against it. */
export function toRecord(line: Recorded): GatewayRecord {
  const isUnknown = line.costUnknown !== null || line.cost === null;
  return {
    nonce: line.nonce,
    ...(line.status === 'success' && { meters: metersOf(line) }),
    cost: { usd: isUnknown ? null : (line.cost as string).replace(/\.?0+$/, '') || '0' },
    text: line.text,
  };
}

/** `prompt_tokens` of its log holds what was read from and written to caches; what is left is fresh. */
function metersOf({ usage, promptTokens, completionTokens }: Recorded): Partial<Record<MeterName, number>> {
  const cached = countOf(usage?.cache_read_input_tokens) ?? countOf(detailsOf(usage)?.cached_tokens) ?? 0;
  const written = countOf(usage?.cache_creation_input_tokens) ?? countOf(detailsOf(usage)?.cache_creation_tokens) ?? 0;
  const input = (promptTokens ?? 0) - cached - written;
  return { input, cachedInput: cached, output: completionTokens ?? 0 };
}

function detailsOf(usage: Recorded['usage']): Record<string, unknown> | null {
  const details = usage?.prompt_tokens_details ?? usage?.input_tokens_details;
  return typeof details === 'object' && details !== null ? (details as Record<string, unknown>) : null;
}

const countOf = (value: unknown): number | undefined => (typeof value === 'number' ? value : undefined);
