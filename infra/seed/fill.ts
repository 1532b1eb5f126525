import { TupleParam } from '@clickhouse/client';
import type { PriceBook } from '@weir/contracts';
import { HOUR_MS, hoursOf, type SeedHour } from './calendar.js';
import { eventsSql, SEED_PROXY } from './events-sql.js';
import { ratingsSql } from './ratings-sql.js';
import { slotsOf } from './routes.js';
import type { SeedServer } from './server.js';
import { type Prices, putPrices, putRoutes, type SeedScene } from './tables.js';

export interface SeedPlan {
  readonly events: number;
  readonly days: number;
  /** End of the range, UTC epoch ms; events begin before the hour it is in. */
  readonly untilMs: number;
  readonly seed: number;
  /** Inserts at a time; each takes a core and about half a gigabyte. */
  readonly lanes: number;
}

export interface SeedProgress {
  readonly events: number;
  readonly seconds: number;
}

/** About this many events are one insert: few parts, and memory that does not grow with the whole. */
const CHUNK_EVENTS = 400_000;

interface Chunk {
  readonly batchId: string;
  readonly hours: readonly SeedHour[];
  readonly events: number;
  readonly from: number;
  readonly to: number;
}

/**
 * Fills events and ratings; roll-ups fill themselves through the same views as in earnest. Safe to repeat: what an earlier
 * run of the same plan stored is left as it is.
 * @returns the number of events stored by this plan, earlier runs included
 */
export async function fill(
  server: SeedServer,
  plan: SeedPlan,
  scene: SeedScene,
  book: PriceBook,
  onProgress: (progress: SeedProgress) => void = () => undefined,
): Promise<number> {
  const startedMs = performance.now();
  const chunks = chunksOf(plan);
  const isStored = await storedBatches(server, scene.projectId);
  const routes = `seed_routes_${plan.seed}`;
  let events = 0;
  let prices: readonly Prices[] = [];
  // Chunks share no hours: merging them on the way would double the work and add nothing up.
  const resumeMerges = await pauseMerges(server);
  try {
    await putRoutes(server, routes, slotsOf(plan.seed), scene);
    prices = await putPrices(server, `seed_cards_${plan.seed}`, book, scene.projectId, spanOf(chunks));
    // Newest first: what is filled so far is a shorter past up to now, and can be looked at.
    const waiting = chunks.toReversed().values();
    const lane = async (): Promise<void> => {
      for (const chunk of waiting) {
        if (!isStored(chunk)) await fillChunk(server, plan.seed, scene, chunk, routes, prices);
        events += chunk.events;
        onProgress({ events, seconds: (performance.now() - startedMs) / 1_000 });
      }
    };
    await Promise.all(Array.from({ length: plan.lanes }, lane));
  } finally {
    await resumeMerges();
    for (const table of [routes, ...prices.map((one) => one.table)])
      await server.command(`DROP TABLE IF EXISTS ${table}`);
  }
  return events;
}

/** Until the server is started again, at the latest. */
async function pauseMerges(server: SeedServer): Promise<() => Promise<void>> {
  const tables = await server.query<{ name: string }>(
    `SELECT name FROM system.tables WHERE database = currentDatabase() AND engine LIKE '%MergeTree' AND match(name, 'usage|rating')`,
  );
  const each = async (action: 'STOP' | 'START') => {
    for (const { name } of tables) await server.command(`SYSTEM ${action} MERGES ${name}`);
  };
  await each('STOP');
  return () => each('START');
}

async function fillChunk(
  server: SeedServer,
  seed: number,
  { projectId }: SeedScene,
  chunk: Chunk,
  routes: string,
  prices: readonly Prices[],
): Promise<void> {
  const { batchId, hours, from, to } = chunk;
  const { columns, select } = eventsSql(seed, routes);
  await server.insertSelect({ table: 'usage_events_v1', columns, token: `${projectId}-${batchId}` }, select, {
    ...{ projectId, batchId, snapshotVersion: 1 },
    hours: hours.map((hour) => new TupleParam([hour.startMs, hour.first, hour.events, hour.era])),
  });
  for (const { table, facts, ...span } of prices) {
    const part = { from: Math.max(from, span.from), to: Math.min(to, span.to) };
    if (part.from >= part.to) continue;
    const ratings = ratingsSql(table);
    await server.insertSelect(
      { table: 'ratings_v1', columns: ratings.columns, token: `${projectId}-${batchId}-${part.from}` },
      ratings.select,
      { projectId, batchId, ...part, ...facts },
    );
  }
}

function chunksOf(plan: SeedPlan): Chunk[] {
  const chunks: Chunk[] = [];
  let hours: SeedHour[] = [];
  let events = 0;
  const cut = (): void => {
    const [first] = hours;
    const last = hours.at(-1);
    if (!first || !last) return;
    const batchId = `${SEED_PROXY}-${plan.seed}-${plan.events}-${plan.days}-${first.startMs}`;
    chunks.push({ batchId, hours, events, from: first.startMs, to: last.startMs + HOUR_MS });
    hours = [];
    events = 0;
  };
  for (const hour of hoursOf(plan)) {
    if (hour.events === 0) continue;
    if (hours[0] && monthOf(hours[0].startMs) !== monthOf(hour.startMs)) cut();
    hours.push(hour);
    events += hour.events;
    if (events >= CHUNK_EVENTS) cut();
  }
  cut();
  return chunks;
}

function spanOf(chunks: readonly Chunk[]): { from: number; to: number } {
  return { from: chunks[0]?.from ?? 0, to: chunks.at(-1)?.to ?? 0 };
}

/** A chunk stays in one partition. */
function monthOf(atMs: number): string {
  return new Date(atMs).toISOString().slice(0, 7);
}

async function storedBatches(server: SeedServer, projectId: string): Promise<(chunk: Chunk) => boolean> {
  const counted = async (table: string) => {
    const rows = await server.query<{ batch_id: string; stored: number }>(
      `SELECT batch_id, count() AS stored FROM ${table} WHERE project_id = {projectId:UUID} AND startsWith(batch_id, '${SEED_PROXY}-') GROUP BY batch_id`,
      { projectId },
    );
    return new Map(rows.map(({ batch_id, stored }) => [batch_id, stored]));
  };
  const [events, ratings] = [await counted('usage_events_v1'), await counted('ratings_v1')];
  return ({ batchId, events: wanted }) => events.get(batchId) === wanted && ratings.get(batchId) === wanted;
}
