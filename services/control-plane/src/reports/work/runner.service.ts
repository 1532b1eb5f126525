import { Inject, Injectable, Logger, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import { type Streamer, storeTime, streamer } from '@weir/clickhouse';
import { CONFIG, type Config } from '../../platform/config.js';
import { Housekeeping } from '../../platform/housekeeping.js';
import { PrismaService } from '../../platform/prisma.service.js';
import { slicesOf } from '../slices.js';
import { ReportClaims } from './claims.service.js';
import { writeCsv } from './csv-file.js';
import { sha256Of } from './digest.js';
import { type Hold, HoldLost, LEASE_SECONDS } from './hold.js';
import { writeParquet } from './parquet-file.js';
import { queryOf } from './query.js';
import { outOfPatience, remedyFor, waitSeconds } from './trouble.js';

const LOOK_EVERY_MS = 1_000;
const RENEW_EVERY_MS = (LEASE_SECONDS * 1_000) / 5;
const RETRY_SECONDS = 5;
const FORGET_AFTER_MS = 400 * 86_400_000;

/** Makes reports in the background, one at a time in each replica. */
@Injectable()
export class ReportRunner implements OnModuleInit, OnModuleDestroy {
  readonly #logger = new Logger(ReportRunner.name);
  readonly #streamer: Streamer;
  readonly #stopping = new AbortController();
  #timer: NodeJS.Timeout | undefined;
  #working: Promise<void> | null = null;

  constructor(
    private readonly prisma: PrismaService,
    private readonly claims: ReportClaims,
    private readonly housekeeping: Housekeeping,
    @Inject(CONFIG) private readonly config: Config,
  ) {
    this.#streamer = streamer(config.clickhouseUrl);
  }

  onModuleInit(): void {
    this.#timer = setInterval(() => this.wake(), LOOK_EVERY_MS).unref();
    this.housekeeping.add('files of reports', () =>
      this.claims.tidy(new Date(), new Date(Date.now() - FORGET_AFTER_MS)),
    );
  }

  /** What is under way goes back, for another replica to go on with. */
  async onModuleDestroy(): Promise<void> {
    clearInterval(this.#timer);
    this.#stopping.abort();
    await this.#working;
    await this.#streamer.close();
  }

  /** Looks for work now rather than at the next turn. */
  wake(): void {
    if (this.#working || this.#stopping.signal.aborted) return;
    this.#working = this.#workAll()
      .catch((error: unknown) => {
        // The next turn looks again.
        this.#logger.warn(`reports cannot be looked for: ${error instanceof Error ? error.name : 'unknown'}`);
      })
      .finally(() => {
        this.#working = null;
      });
  }

  async #workAll(): Promise<void> {
    while (!this.#stopping.signal.aborted) {
      const hold = await this.claims.claim();
      if (!hold) return;
      await this.#work(hold);
    }
  }

  async #work(hold: Hold): Promise<void> {
    const lost = new AbortController();
    const renewal = setInterval(() => {
      hold.renew().catch((error: unknown) => {
        // While PostgreSQL is away nothing can be written either; the next turn tries again.
        if (error instanceof HoldLost) lost.abort();
      });
    }, RENEW_EVERY_MS);
    try {
      await this.#make(hold, AbortSignal.any([lost.signal, this.#stopping.signal]));
    } catch (error) {
      if (!lost.signal.aborted) await this.#giveBack(hold, error);
    } finally {
      clearInterval(renewal);
    }
  }

  async #make(hold: Hold, signal: AbortSignal): Promise<void> {
    // By the clock that rows are stored by, which may differ from ours.
    if (hold.bytes === 0) await hold.freeze(new Date(await storeTime(this.#streamer, signal)));
    const { report } = hold;
    const query = await queryOf(this.prisma, report);
    const [from, to] = [report.from.getTime(), report.to.getTime()];
    const slices = slicesOf({ from, to, interval: report.interval, timeZone: report.timeZone });
    if (report.format === 'csv') await writeCsv(hold, this.#streamer, query, slices, signal);
    else await writeParquet(this.prisma, hold, this.#streamer, query, slices, signal);
    await hold.finish(await sha256Of(this.prisma, report.id, hold.bytes));
  }

  async #giveBack(hold: Hold, error: unknown): Promise<void> {
    try {
      if (error instanceof HoldLost) return;
      if (this.#stopping.signal.aborted) return await hold.release(0);
      const patience = this.config.reportPatienceSeconds;
      const remedy = remedyFor(error, patience);
      this.#logger.warn(`report ${hold.report.id}: ${error instanceof Error ? error.message : 'unknown'}`);
      if (remedy.kind === 'unknown') return await hold.release(RETRY_SECONDS);
      if (remedy.kind === 'fail') return await hold.fail(remedy.problem);
      const now = new Date();
      const since = hold.stalledSince(now);
      const stalledSeconds = (now.getTime() - since.getTime()) / 1_000;
      if (stalledSeconds >= patience) return await hold.fail(outOfPatience(patience));
      await hold.release(waitSeconds(stalledSeconds), { since, problem: remedy.problem });
    } catch (failure) {
      // Nobody renews the lease any more, so it ends by itself and the report is taken up again.
      if (failure instanceof HoldLost) return;
      this.#logger.warn(
        `report ${hold.report.id} is not given back: ${failure instanceof Error ? failure.name : 'unknown'}`,
      );
    }
  }
}
