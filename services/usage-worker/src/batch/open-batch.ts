import { EARLIEST_MS, LATEST_MS } from '@weir/clickhouse';
import { crc32c, type UsageBatch, type UsageEvent, usageBatch, usageEvent, WeirError } from '@weir/contracts';
import { splitBody } from './split.js';

/** Why an event was set aside; a stable code. */
export type QuarantineReason =
  | 'not_json'
  | 'not_an_event'
  | 'event_repeated'
  | 'started_at_out_of_range'
  | 'value_out_of_range'
  | 'event_missing';

export interface Quarantined {
  /** From 0. */
  readonly position: number;
  readonly reason: QuarantineReason;
  readonly detail: string;
  readonly text: string;
  readonly value: unknown;
}

/** A batch whose bytes are proven, its events sorted into good and bad. The same batch always gives the same. */
export interface OpenBatch {
  readonly batch: UsageBatch;
  readonly events: readonly UsageEvent[];
  readonly quarantined: readonly Quarantined[];
}

/** More in one call is a broken count, and some of them would overflow the sums of everybody else's. */
const PLAUSIBLE_QUANTITY = 1_000_000_000_000;
const MAX_ATTEMPT = 65_535;

/** @throws WeirError `BATCH_REFUSED` for anything that is not the batch its producer cut */
export function openBatch(data: unknown): OpenBatch {
  const parsed = usageBatch.safeParse(data);
  if (!parsed.success) {
    const where = parsed.error.issues.map(({ path }) => path.join('.')).slice(0, 3);
    throw new WeirError('BATCH_REFUSED', `the job holds no usage batch (${where.join(', ')})`);
  }
  const batch = parsed.data;
  const crc = crc32c(Buffer.from(batch.body));
  if (crc !== batch.crc32c) {
    throw new WeirError('BATCH_REFUSED', `batch ${batch.batchId} has other bytes than were cut (crc32c ${crc})`);
  }
  const pieces = splitBody(batch.body) ?? [{ text: batch.body, fault: 'the body is no JSON array' }];
  const events: UsageEvent[] = [];
  const quarantined: Quarantined[] = [];
  const seen = new Set<string>();
  for (const [position, { text, value, fault }] of pieces.entries()) {
    const setAside = (reason: QuarantineReason, detail: string) =>
      quarantined.push({ position, reason, detail, text, value });
    if (fault !== undefined) {
      setAside('not_json', fault);
      continue;
    }
    const event = usageEvent.safeParse(value);
    if (!event.success) setAside('not_an_event', describe(event.error.issues));
    else if (seen.has(event.data.eventId)) setAside('event_repeated', event.data.eventId);
    else {
      const wrong = implausible(event.data);
      if (wrong) setAside(...wrong);
      else events.push(event.data);
      seen.add(event.data.eventId);
    }
  }
  for (let position = pieces.length; position < batch.events; position++) {
    const detail = `the batch was cut with ${batch.events} events and holds ${pieces.length}`;
    quarantined.push({ position, reason: 'event_missing', detail, text: '', value: undefined });
  }
  return { batch, events, quarantined };
}

function implausible(event: UsageEvent): [QuarantineReason, string] | null {
  if (event.startedAt < EARLIEST_MS || event.startedAt >= LATEST_MS) {
    return ['started_at_out_of_range', `startedAt: ${event.startedAt}`];
  }
  if (event.attempt > MAX_ATTEMPT) return ['value_out_of_range', `attempt: ${event.attempt}`];
  for (const group of ['meters', 'otherMeters'] as const) {
    for (const [meter, quantity] of Object.entries(event[group])) {
      if (quantity !== undefined && quantity > PLAUSIBLE_QUANTITY) {
        return ['value_out_of_range', `${group}.${meter}: ${quantity}`];
      }
    }
  }
  return null;
}

function describe(issues: readonly { path: PropertyKey[]; message: string }[]): string {
  const parts = issues.slice(0, 5).map(({ path, message }) => `${path.map(String).join('.') || 'event'}: ${message}`);
  return parts.join('; ').slice(0, 500);
}
