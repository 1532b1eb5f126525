import {
  type Deletion,
  deletionsOf,
  isDeleted,
  type LateTurn,
  latestLink,
  lateTurns,
  unfinishedMerges,
  type Writer,
} from '@weir/clickhouse';
import { WeirError } from '@weir/contracts';
import type { Log } from '../../log.js';
import { codeOf } from '../../work-loop.js';
import { deletable } from '../turn-store.js';
import { Mender } from './mender.js';
import { type Move, Moves } from './moves.js';

export interface SweepOptions {
  readonly writer: Writer;
  /** Runs work when nothing is being stored here. */
  readonly alone: <T>(work: () => Promise<T>) => Promise<T>;
  readonly erase: (order: Deletion) => Promise<unknown>;
  readonly log: Log;
}

/** What is stored may be seen this much later than it says: clocks differ, and inserts take time. */
const OVERLAP_MS = 60_000;
/** Where a worker begins: what the last one stored may not have been looked at. */
const BEFORE_START_MS = 3_600_000;
/** Put right in one go, while nothing else is stored here. */
const AT_ONCE = 100;
/** What breaks off is finished within it. */
const UNFINISHED_MS = 86_400_000;

/** The second look: finds turns that were stored before the one they go on from, and puts them where they belong. */
export class Sweep {
  private readonly mender: Mender;
  private readonly moves: Moves;
  /** What was stored before has been looked at, UTC epoch ms. */
  private doneUntil: number | null = null;

  constructor(private readonly options: SweepOptions) {
    this.mender = new Mender(options.writer);
    this.moves = new Moves(options.writer);
  }

  /** Looks at what was stored since the last time. @throws WeirError `CLICKHOUSE_*` */
  async look(signal: AbortSignal): Promise<void> {
    const { writer, alone } = this.options;
    const now = Date.now();
    for (const merge of await unfinishedMerges(writer, now - UNFINISHED_MS)) {
      signal.throwIfAborted();
      await this.attempt(() =>
        alone(() =>
          this.watched(merge.projectId, async () => {
            await this.moves.finish(merge);
            return [];
          }),
        ),
      );
    }
    const latest = this.doneUntil === null ? await latestLink(writer) : null;
    const from = this.doneUntil ?? (latest === null ? null : latest - BEFORE_START_MS);
    if (from !== null) await this.lookAt(from - OVERLAP_MS, signal);
    this.doneUntil = now;
  }

  private async lookAt(since: number, signal: AbortSignal): Promise<void> {
    for (let after: LateTurn | null = null; ; ) {
      const late: LateTurn[] = await lateTurns(this.options.writer, since, after, AT_ONCE);
      for (const [projectId, turns] of Map.groupBy(late, (turn) => turn.projectId)) {
        signal.throwIfAborted();
        await this.attempt(() => this.options.alone(() => this.mend(projectId, turns)));
      }
      after = late.at(-1) ?? null;
      if (late.length < AT_ONCE) return;
    }
  }

  /** What the store will never take is not to hold up the others. */
  private async attempt(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      if (error instanceof WeirError && error.retryable) throw error;
      this.options.log('error', 'recorded calls that were stored out of their order stay so', { code: codeOf(error) });
    }
  }

  private async mend(projectId: string, turns: readonly LateTurn[]): Promise<void> {
    await this.watched(projectId, async () => {
      const moved = await this.mender.mend(projectId, turns);
      if (moved.length > 0) {
        this.options.log('info', 'recorded calls that were stored out of their order are put right', {
          turns: moved.length,
        });
      }
      return moved;
    });
  }

  /** Carries out once more what was being deleted meanwhile, and what the turns came to be part of. */
  private async watched(projectId: string, work: () => Promise<readonly Move[]>): Promise<void> {
    const { writer, erase } = this.options;
    const before = await deletionsOf(writer, projectId);
    const done = new Set(before.flatMap(({ deletionId, isDone }) => (isDone ? [deletionId] : [])));
    const moved = await work();
    for (const order of await deletionsOf(writer, projectId)) {
      if (!done.has(order.deletionId) || moved.some((move) => isAbout(order, move))) await erase(order);
    }
  }
}

function isAbout(order: Deletion, { one: { turn, conversationId }, row }: Move): boolean {
  return [conversationId, row.conversation_id].some((id) => isDeleted(deletable(turn, id), order));
}
