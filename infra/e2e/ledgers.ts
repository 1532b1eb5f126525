import type { LedgerEntry } from '../simulator/index.js';
import type { ClientCall } from './load.js';

/** One stored event, as read back from ClickHouse. */
export interface StoredEvent {
  readonly eventId: string;
  readonly conversation: string | null;
  readonly outcome: string;
  readonly input: number | null;
  readonly output: number | null;
}

export interface Comparison {
  /** Requests the upstream served that no event tells of. */
  readonly lost: string[];
  /** Events stored more often than the upstream served the request. */
  readonly doubled: string[];
  /** Completed calls whose tokens differ from what the upstream bills. */
  readonly different: string[];
  /** Events of calls the upstream never saw that do not say so. */
  readonly invented: string[];
}

/** Holds three independent books against each other: the upstream's, the client's and ours. */
export function compare(
  upstream: readonly LedgerEntry[],
  client: readonly ClientCall[],
  events: readonly StoredEvent[],
): Comparison {
  const nonceOf = new Map(client.map((call) => [call.requestSha256, call.nonce]));
  const served = new Map<string, LedgerEntry[]>();
  for (const entry of upstream) {
    const nonce = nonceOf.get(entry.requestSha256);
    if (nonce !== undefined) served.set(nonce, [...(served.get(nonce) ?? []), entry]);
  }
  const stored = new Map<string, StoredEvent[]>();
  for (const event of events) {
    const nonce = event.conversation ?? '';
    stored.set(nonce, [...(stored.get(nonce) ?? []), event]);
  }
  const lost: string[] = [];
  const doubled: string[] = [];
  const different: string[] = [];
  const invented: string[] = [];
  for (const { nonce, ended, status } of client) {
    const entries = served.get(nonce) ?? [];
    const rows = stored.get(nonce) ?? [];
    if (entries.length > rows.length || (ended === 'completed' && status === 200 && rows.length === 0))
      lost.push(nonce);
    if (rows.length > Math.max(1, entries.length)) doubled.push(nonce);
    const [entry] = entries;
    const [row] = rows;
    if (row?.outcome === 'completed' && entry) {
      const same = row.input === (entry.billed?.input ?? null) && row.output === (entry.billed?.output ?? null);
      if (!same) different.push(nonce);
    }
    if (row?.outcome === 'completed' && !entry) invented.push(nonce);
  }
  return { lost, doubled, different, invented };
}
