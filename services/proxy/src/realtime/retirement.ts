import { REFUSALS } from '@weir/contracts';
import type { ProviderTypeDefinition } from '@weir/providers';
import type { Refusal } from '../errors.js';

/** Close codes of RFC 6455 section 7.4.1. */
export const GOING_AWAY = 1001;
const POLICY_VIOLATION = 1008;

/** Why the proxy ends a session of its own accord. */
export interface Retirement {
  readonly closeCode: number;
  /** On the events of what was still running. */
  readonly errorCode: string;
  /** An error the app is told before the session is closed, as JSON text; null: the closing says it all. */
  readonly notice: string | null;
}

export const STOPPING: Retirement = { closeCode: GOING_AWAY, errorCode: 'proxy_stopped', notice: null };

/** Told as the events of a session are: the dialect's error with `type: "error"`, which its SDKs raise. */
export function retirementFor(
  { code, message }: Refusal,
  dialect: ProviderTypeDefinition,
  requestId: string,
): Retirement {
  const body = JSON.parse(dialect.refusal(code, message, requestId)) as Record<string, unknown>;
  const notice = JSON.stringify({ type: 'error', event_id: `event_${requestId}`, status: REFUSALS[code], ...body });
  return { closeCode: POLICY_VIOLATION, errorCode: code, notice };
}
