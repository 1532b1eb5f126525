import type { SeedServer } from '../../seed/server.js';
import type { Admin } from '../../seed/set-up.js';
import { type Spread, spreadOf } from '../percentile.js';
import type { Question } from './questions.js';

/** What ClickHouse spends on one answer, whatever else the machine does. */
export interface Cost {
  readonly rowsRead: number;
  readonly cpuMs: number;
}

export interface Measured {
  readonly question: Question;
  /** Milliseconds from asking GraphQL to the whole answer. */
  readonly spread: Spread & { readonly p95: number };
  readonly samplesMs: readonly number[];
  /** null = it was refused. */
  readonly cost: Cost | null;
  /** What the control plane answered in place of figures; null = it answered. */
  readonly refusal: string | null;
}

/** Asks every question `rounds` times, round by round, so that a busy spell falls on all of them. */
export async function measure(
  admin: Admin,
  questions: readonly Question[],
  rounds: number,
  costs: readonly (Cost | null)[],
): Promise<Measured[]> {
  const samples = questions.map((): number[] => []);
  const refusals = questions.map((): string | null => null);
  for (let round = 0; round < rounds; round++) {
    for (const [index, { query, variables }] of questions.entries()) {
      if (refusals[index] !== null) continue;
      const startMs = performance.now();
      try {
        await admin.ask(query, variables);
        samples[index]?.push(performance.now() - startMs);
      } catch (error) {
        refusals[index] = (error as Error).message;
      }
    }
  }
  return questions.map((question, index) => ({
    question,
    spread: withP95(samples[index] as number[]),
    samplesMs: samples[index] as number[],
    cost: costs[index] ?? null,
    refusal: refusals[index] ?? null,
  }));
}

export function withP95(samplesMs: readonly number[]): Spread & { readonly p95: number } {
  const sorted = [...samplesMs].sort((a, b) => a - b);
  const p95 = sorted[Math.max(0, Math.ceil(0.95 * sorted.length) - 1)] ?? Number.NaN;
  return { ...spreadOf(Float64Array.from(samplesMs)), p95 };
}

/** Asks everything once while nothing else reads, and looks at the server's own counters. */
export async function costsOf(
  admin: Admin,
  server: SeedServer,
  questions: readonly Question[],
): Promise<(Cost | null)[]> {
  const costs: (Cost | null)[] = [];
  for (const { query, variables } of questions) {
    const before = await counters(server);
    const isAnswered = await admin.ask(query, variables).then(
      () => true,
      () => false,
    );
    const after = await counters(server);
    costs.push(isAnswered ? { rowsRead: after.rowsRead - before.rowsRead, cpuMs: after.cpuMs - before.cpuMs } : null);
  }
  return costs;
}

async function counters(server: SeedServer): Promise<Cost> {
  const rows = await server.query<{ event: string; value: number }>(
    `SELECT event, value FROM system.events WHERE event IN ('SelectedRows', 'OSCPUVirtualTimeMicroseconds')`,
  );
  const of = (name: string): number => Number(rows.find(({ event }) => event === name)?.value ?? 0);
  return { rowsRead: of('SelectedRows'), cpuMs: of('OSCPUVirtualTimeMicroseconds') / 1_000 };
}
