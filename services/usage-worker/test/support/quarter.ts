import { migrate, type Writer, writer } from '@weir/clickhouse';
import { formatUsd, newId, type PriceBook, type RestatementWork, type UsageEvent } from '@weir/contracts';
import { expect } from 'vitest';
import { type ClickHouseServer, startClickHouse } from '../../../../clickhouse/test/support/clickhouse-server.js';
import { priceBook, usageEventOf } from './batches.js';
import { type ClickHouseShim, startShim } from './clickhouse-shim.js';
import { audit, bookWithCorrection, storeEvents, workOf } from './ledger.js';

export const KNOWN_FROM = Date.UTC(2026, 0, 15);

/** A quarter of calls of a project of its own, as a worker stored them. */
export interface Quarter {
  readonly projectId: string;
  readonly events: readonly UsageEvent[];
  /** What they were rated by, and a correction of it. */
  readonly book: PriceBook;
  readonly work: RestatementWork;
  /** The queue hands their batch out once more. */
  readonly again: (book: PriceBook) => Promise<unknown>;
}

export interface Store {
  readonly writer: Writer;
  readonly shim: ClickHouseShim;
  /** The same database, through the shim. */
  readonly throughShim: Writer;
  /** The same database by a server that does not remember what it has stored. */
  readonly forgetful: Writer;
  quarter(events: number): Promise<Quarter>;
  /** Holds whatever happened, or the money is wrong. @returns how many rows the ledger has */
  sound(projectId: string, events: number, spend: string): Promise<number>;
  stop(): Promise<void>;
}

export async function openStore(): Promise<Store> {
  const server: ClickHouseServer = await startClickHouse();
  const url = server.newDatabase();
  await migrate(url);
  const shim = await startShim(url);
  const direct = writer(url);
  const throughShim = writer(shim.url);
  const forgetful = writer(url, { deduplication: 'off' });
  return {
    writer: direct,
    shim,
    throughShim,
    forgetful,
    async quarter(count) {
      const projectId = newId();
      const events = eventsIn(projectId, count);
      const again = await storeEvents(direct, `journal-${projectId}`, events, priceBook());
      const book = bookWithCorrection(projectId, KNOWN_FROM);
      return { projectId, events, again, book, work: workOf({ projectId }) };
    },
    async sound(projectId, events, spend) {
      const { rows, rollup, lines, broken, entries } = await audit(direct, projectId);
      expect(broken, 'events without exactly one standing rating').toBe(0);
      expect(rollup, 'the roll-up is the ledger').toEqual(rows);
      expect(lines, 'the lines of all receipts are the ledger').toEqual({ spend: rows.spend, rated: rows.rated });
      expect(rows).toMatchObject({ spend, rated: events });
      return entries;
    },
    async stop() {
      await Promise.all([direct.close(), throughShim.close(), forgetful.close()]);
      await shim.stop();
      await server.stop();
    },
  };
}

/** Calls over three months, several in the same millisecond, some of a provider that no correction is for. */
export function eventsIn(projectId: string, count: number): UsageEvent[] {
  return Array.from({ length: count }, (_, index) =>
    usageEventOf({
      projectId,
      startedAt: Date.UTC(2025, 9 + (index % 3), 1 + (index % 4), 12, 0, 0, index % 2),
      provider: index % 5 === 0 ? 'other-main' : 'openai-main',
      requestedModel: index % 7 === 0 ? 'nameless' : 'm',
      servedModel: index % 7 === 0 ? 'nameless' : 'm',
      meters: { input: 10 + index, output: 5 },
    }),
  );
}

/** Calls that the correction is for. */
export function isCorrected({ provider, servedModel }: UsageEvent): boolean {
  return provider === 'openai-main' && servedModel === 'm';
}

/** What the calls cost by prices of our own making, to the last digit; USD per million of input and output. */
export function spendOf(
  events: readonly UsageEvent[],
  corrected: boolean,
  [perInput, perOutput]: readonly [number, number] = [3, 5],
): string {
  const microUsd = events.reduce((sum, event) => {
    if (event.servedModel !== 'm') return sum;
    const { input = 0, output = 0 } = event.meters;
    const [in1M, out1M] = corrected && isCorrected(event) ? [perInput, perOutput] : [1, 2];
    return sum + input * in1M + output * out1M;
  }, 0);
  return formatUsd(BigInt(microUsd) * 1_000_000n);
}
