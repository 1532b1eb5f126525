import {
  countEvents,
  countRun,
  entriesOf,
  eventsPage,
  type LedgerKey,
  type LedgerRow,
  type Reader,
  runPage,
  timeText,
} from '@weir/clickhouse';
import type { PriceBook, RestatementWork } from '@weir/contracts';
import { rate } from '@weir/pricing';
import { moneyOf } from '../rate.js';
import { type Change, isPlacedBy, saysTheSame, standingOf, takenBackBy, turned } from './entries.js';
import { toEvent } from './to-event.js';

/** What one page of events comes to. */
export interface Look {
  readonly events: number;
  /** Where the page ends; null = nothing was left. */
  readonly last: LedgerKey | null;
  /** Events of the selection; without those that are not rated yet. */
  readonly seen: number;
  readonly restatedSince: number;
  readonly changes: readonly Change[];
}

/** The events of a piece of work, page by page, in the order of the tables. Times are UTC epoch ms. */
export interface Walk {
  count(): Promise<number>;
  /** The page after `after` among calls that began in `[from, to)`. Looking changes nothing. */
  look(from: number, to: number, after: LedgerKey | null): Promise<Look>;
}

export function walkOf(reader: Reader, work: RestatementWork, book: PriceBook, pageEvents: number): Walk {
  return work.reverses === null
    ? rerate(reader, work, book, pageEvents)
    : takeBack(reader, work, work.reverses, pageEvents);
}

/** Rates each event again, as known at the time that the work names. */
function rerate(reader: Reader, work: RestatementWork, book: PriceBook, first: number): Walk {
  const { projectId, filter, knownAt, id } = work;
  const newest = timeText(knownAt);
  return {
    count: () => countEvents(reader, { projectId, from: work.from, to: work.to }, filter),
    async look(from, to, after) {
      const events = await eventsPage(reader, { projectId, from, to }, { filter, after, first });
      const keys = events.map(({ startedAt, event_id }) => ({ startedAt, eventId: event_id }));
      const entries = await entriesByEvent(reader, projectId, keys);
      const changes: Change[] = [];
      let seen = 0;
      let restatedSince = 0;
      for (const event of events) {
        const own = entries.get(event.event_id) ?? [];
        const standing = standingOf(own);
        // Its first rating is on its way, and by the newest book.
        if (!standing) continue;
        const isDone = own.some(({ run_id }) => run_id === id);
        if (isDone) seen++;
        if (isDone || (filter.unpricedOnly && standing.status !== 'unpriced')) continue;
        seen++;
        if (standing.known_at !== null && standing.known_at > newest) {
          restatedSince++;
          continue;
        }
        const money = moneyOf(rate(toEvent(event), book, knownAt), book);
        if (!saysTheSame(standing, money)) {
          const { batch_id: _, startedAt: __, ratedAt: ___, ...row } = standing;
          changes.push({ before: standing, after: { ...row, ...money, run_id: id, sign: 1 } });
        }
      }
      return { events: events.length, last: keys.at(-1) ?? null, seen, restatedSince, changes };
    },
  };
}

/** Puts back what `reverses` took back, wherever its rating still stands. */
function takeBack(reader: Reader, work: RestatementWork, reverses: string, first: number): Walk {
  const { projectId, id, undone } = work;
  return {
    count: () => countRun(reader, { projectId, from: work.from, to: work.to }, reverses),
    async look(from, to, after) {
      const keys = await runPage(reader, { projectId, from, to }, { runId: reverses, after, first });
      const entries = await entriesByEvent(reader, projectId, keys);
      const changes: Change[] = [];
      let restatedSince = 0;
      for (const { eventId } of keys) {
        const own = entries.get(eventId) ?? [];
        if (own.some(({ run_id }) => run_id === id)) continue;
        const standing = standingOf(own);
        const former = takenBackBy(reverses, own);
        if (standing && former && isPlacedBy(reverses, standing, own, undone)) {
          changes.push({ before: standing, after: { ...turned(former), run_id: id } });
        } else restatedSince++;
      }
      return { events: keys.length, last: keys.at(-1) ?? null, seen: keys.length, restatedSince, changes };
    },
  };
}

async function entriesByEvent(
  reader: Reader,
  projectId: string,
  keys: readonly LedgerKey[],
): Promise<Map<string, LedgerRow[]>> {
  const [first, last] = [keys[0], keys.at(-1)];
  const found = new Map<string, LedgerRow[]>();
  if (!first || !last) return found;
  const scope = { projectId, from: first.startedAt, to: last.startedAt + 1 };
  const ids = keys.map(({ eventId }) => eventId);
  for (const entry of await entriesOf(reader, scope, ids)) {
    const own = found.get(entry.event_id);
    if (own) own.push(entry);
    else found.set(entry.event_id, [entry]);
  }
  return found;
}
