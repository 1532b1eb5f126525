import { bookedBy, type Writer } from '@weir/clickhouse';
import {
  DIFFERENCE_KEYS,
  type PriceBook,
  type RestatementCheckpoint,
  type RestatementDifference,
  type RestatementWork,
} from '@weir/contracts';
import { batchIdOf, batchPrefixOf, rowsOf } from './entries.js';
import { type Look, walkOf } from './look.js';
import { monthsOf } from './months.js';
import { Pages } from './pages.js';
import { Tally } from './tally.js';

/** Small enough that a page and its rows are a few MB, large enough that a page costs more than asking for it. */
const PAGE_EVENTS = 4_000;

/** Does it until it succeeds; `isRepeat`: an earlier try may have succeeded unseen. */
export type Persist = <T>(step: (isRepeat: boolean) => Promise<T>) => Promise<T>;

export interface RunOptions {
  readonly writer: Writer;
  readonly work: RestatementWork;
  readonly book: PriceBook;
  /** Events looked at at once. */
  readonly pageEvents?: number;
  readonly persist: Persist;
  /** Rejects when the work is somebody else's by now; asked before every insert. */
  readonly confirm: () => Promise<void>;
  /** Resolves once it is kept. */
  readonly report: (total: number, checkpoint: RestatementCheckpoint) => Promise<void>;
}

/**
 * Previews or books, page by page. A page is inserted as one block of one month, so it is stored as a whole or not at
 * all, under a name that follows from run and page: whoever goes on after a crash stores the same page once more without
 * effect. @returns what it changes, of a booking as the ledger has it
 */
export async function run(options: RunOptions): Promise<RestatementDifference> {
  const { writer, work, book, pageEvents = PAGE_EVENTS, persist, confirm, report } = options;
  const walk = walkOf(writer, work, book, pageEvents);
  const tally = new Tally(work.checkpoint?.found ?? null);
  const pages = new Pages(writer, work, persist);
  let after = work.checkpoint?.after ?? null;
  let page = work.checkpoint?.page ?? 0;
  let done = work.checkpoint?.done ?? 0;
  const total = await persist(() => walk.count());
  if (work.phase === 'booking') page = await pages.completeFrom(page);
  // A worker that lost the work may have its page under way still, and one of the two is stored. So the first page that is
  // inserted is looked at once more when it is: what the one that won did not have goes under the next name.
  let isSettled = work.phase === 'preview';
  for (const month of monthsOf(work.from, work.to)) {
    if (after && after.startedAt >= month.to) continue;
    for (;;) {
      const look: Look = await persist(() => walk.look(month.from, month.to, after));
      if (look.last === null) break;
      if (work.phase === 'booking' && look.changes.length > 0) {
        await confirm();
        await pages.insert(rowsOf(look.changes, batchIdOf(work.id, page)), batchIdOf(work.id, page));
        page++;
        if (!isSettled) {
          isSettled = true;
          continue;
        }
      }
      tally.seen += look.seen;
      tally.restatedSince += look.restatedSince;
      for (const { before, after: next } of look.changes) tally.change(before, next);
      after = look.last;
      done += look.events;
      await report(total, { page, after, done, found: tally.difference });
    }
  }
  if (work.phase === 'preview') return tally.difference;
  const scope = { projectId: work.projectId, from: work.from, to: work.to };
  return tally.asBooked(await persist(() => bookedBy(writer, scope, batchPrefixOf(work.id), DIFFERENCE_KEYS)));
}
