import type { Writer } from '@weir/clickhouse';
import type { RestatementCheckpoint, RestatementDifference } from '@weir/contracts';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { run } from '../src/restatement/run.js';
import { audit, Killed, perform } from './support/ledger.js';
import { openStore, type Quarter, type Store, spendOf } from './support/quarter.js';

const EVENTS = 9;
const NOVEMBER = Date.UTC(2025, 10, 1);
const DECEMBER = Date.UTC(2025, 11, 1);

let store: Store;
beforeAll(async () => {
  store = await openStore();
});
afterAll(() => store?.stop());
beforeEach(() => {
  store.shim.decide = () => 'pass';
});

/** What is booked from `from` on, and nothing before. */
function spendFrom(from: number, { events }: Quarter): string {
  const corrected = events.map((event) => (event.startedAt >= from ? event : { ...event, provider: 'left-alone' }));
  return spendOf(corrected, true);
}

describe('a worker killed at any moment of a booking', () => {
  const orderOf = ({ work }: Quarter) => ({ ...work, from: NOVEMBER, phase: 'booking' as const });

  test('leaves nothing undone and nothing done twice', { timeout: 240_000 }, async () => {
    const whole = await store.quarter(EVENTS);
    let boundaries = 0;
    const wanted = await perform(orderOf(whole), {
      ...{ writer: store.writer, book: whole.book, pageEvents: 2 },
      isKilled: () => boundaries++ < 0,
    });
    const { entries } = await audit(store.writer, whole.projectId);
    expect(boundaries).toBeGreaterThan(25);
    for (let at = 0; at < boundaries; at++) {
      const quarter = await store.quarter(EVENTS);
      let passed = 0;
      const isKilled = () => passed++ === at;
      const { writer } = store;
      const booked = await perform(orderOf(quarter), { writer, book: quarter.book, pageEvents: 2, isKilled });
      const rows = await store.sound(quarter.projectId, EVENTS, spendFrom(NOVEMBER, quarter));
      expect(rows, `killed at boundary ${at}`).toBe(entries);
      expect(booked, `killed at boundary ${at}`).toEqual(wanted);
    }
  });

  test('would be caught booking twice, were it not for what the server remembers', { timeout: 120_000 }, async () => {
    let broken = 0;
    for (let at = 0; at < 12 && broken === 0; at++) {
      const quarter = await store.quarter(EVENTS);
      let passed = 0;
      const isKilled = () => passed++ === at;
      await perform(orderOf(quarter), { writer: store.forgetful, book: quarter.book, pageEvents: 2, isKilled });
      const isSound = await store.sound(quarter.projectId, EVENTS, spendFrom(NOVEMBER, quarter)).then(
        () => true,
        () => false,
      );
      if (!isSound) broken++;
    }
    expect(broken).toBe(1);
  });

  test('and again and again, comes to the same end as what was previewed', async () => {
    for (let round = 0; round < 3; round++) {
      const { projectId, events, book, work } = await store.quarter(24);
      let kills = 0;
      const isKilled = () => Math.random() < 0.2 && kills++ < 15;
      const options = { writer: store.writer, book, pageEvents: 5, isKilled };
      const preview = await perform(work, options);
      kills = 0;
      const booked = await perform({ ...work, phase: 'booking' }, options);
      await store.sound(projectId, 24, spendOf(events, true));
      expect(booked.difference).toBe(preview.difference);
      expect(booked).toMatchObject({ eventsSeen: 24, eventsChanged: preview.eventsChanged });
    }
  });
});

/** A writer that stops before its `at`-th step of the kind until it is let go. */
function stopping(writer: Writer, at: number, kind: 'insert' | 'any') {
  const reached = Promise.withResolvers<'reached'>();
  const released = Promise.withResolvers<void>();
  let steps = 0;
  const step = async () => {
    if (steps++ !== at) return;
    reached.resolve('reached');
    await released.promise;
  };
  const stopped: Writer = {
    ...writer,
    query: async (query) => {
      if (kind === 'any') await step();
      return writer.query(query);
    },
    insert: async (insert) => {
      await step();
      return writer.insert(insert);
    },
  };
  return { writer: stopped, reached: reached.promise, release: () => released.resolve() };
}

/** One after the other hold the work, and only who holds it is heard at the door. */
function takenUp({ work, book }: Quarter) {
  let holder = -1;
  let checkpoint: RestatementCheckpoint | null = null;
  return (writer: Writer, pageEvents: number): Promise<RestatementDifference> => {
    const me = ++holder;
    const mine = () => {
      if (holder !== me) throw new Killed('the lease is lost');
    };
    return run({
      ...{ writer, book, pageEvents },
      work: { ...work, from: DECEMBER, phase: 'booking', checkpoint },
      confirm: async () => mine(),
      persist: (step) => step(false),
      report: async (_total, next) => {
        mine();
        checkpoint = next;
      },
    });
  };
}

test('an insert that a lost worker had under way lands at any moment of its successor’s work, and no harm is done', {
  timeout: 240_000,
}, async () => {
  let meetings = 0;
  for (let insert = 0, isLate = true; isLate; insert++) {
    for (let step = 0, isMet = true; isMet; step++) {
      const quarter = await store.quarter(EVENTS * 2);
      const take = takenUp(quarter);
      const lost = stopping(store.writer, insert, 'insert');
      const losing = take(lost.writer, 3);
      isLate = (await Promise.race([losing, lost.reached])) === 'reached';
      if (!isLate) break;
      const next = stopping(store.writer, step, 'any');
      const going = take(next.writer, 2);
      isMet = (await Promise.race([going, next.reached])) === 'reached';
      if (isMet) meetings++;
      lost.release();
      await expect(losing).rejects.toThrow('the lease is lost');
      next.release();
      await going;
      await store.sound(quarter.projectId, EVENTS * 2, spendFrom(DECEMBER, quarter));
    }
  }
  expect(meetings).toBeGreaterThan(20);
});

test('a server that loses answers and goes away in between is asked until the ledger is right', async () => {
  const { projectId, events, book, work } = await store.quarter(24);
  let inserts = 0;
  store.shim.decide = ({ table }) => {
    if (table !== 'ratings_v1') return Math.random() < 0.1 ? 'down' : 'pass';
    const fates = ['drop_reply', 'down', 252, 'pass'] as const;
    return fates[inserts++ % fates.length] ?? 'pass';
  };
  await perform({ ...work, phase: 'booking' }, { writer: store.throughShim, book, pageEvents: 5 });
  await store.sound(projectId, 24, spendOf(events, true));
  expect(inserts).toBeGreaterThan(10);
});
