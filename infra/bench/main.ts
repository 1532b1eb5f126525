import { writeFile } from 'node:fs/promises';
import { type BacklogResult, drainBacklog } from './backlog.js';
import { type Child, startChild } from './child.js';
import { closedLoop, type LoadResult, openLoop } from './load.js';
import { describeMachine } from './machine.js';
import type { Spread } from './percentile.js';
import { readPlan } from './plan.js';
import { type ByTarget, type Name, type Results, table } from './report.js';
import { runStreams, type StreamsResult } from './streams.js';
import type { Target } from './target.js';
import { startTraced } from './traced.js';
import { measureVisibility } from './visibility.js';
import { startWeir } from './weir.js';

const PATH = '/v1/chat/completions';
const say = (line: string): boolean => process.stdout.write(`${line}\n`);

/** Runs one measurement on every target in turn, round by round, so that a busy spell falls on all of them. */
async function interleaved<T>(
  label: string,
  rounds: number,
  targets: readonly Target[],
  run: (target: Target) => Promise<T>,
): Promise<ByTarget<T>> {
  const results: Record<Name, T[]> = { direct: [], relay: [], weir: [], recorded: [], traced: [] };
  for (let round = 0; round < rounds; round++) {
    for (const target of targets) {
      say(`${label}, round ${round + 1} of ${rounds}: ${target.name}`);
      results[target.name].push(await run(target));
    }
  }
  return results;
}

async function main(): Promise<void> {
  const plan = readPlan(process.argv.slice(2));
  const machine = describeMachine();
  const started: { stop(): Promise<void> }[] = [];
  const start = async (module: string, args: readonly string[]): Promise<Child> => {
    const child = await startChild(module, args);
    started.push(child);
    return child;
  };
  try {
    const upstream = await start('upstream', []);
    const upstreamOrigin = `http://127.0.0.1:${upstream.port}`;
    const relay = await start('relay', [upstreamOrigin]);
    say('starting Weir with everything on');
    const weir = await startWeir(upstreamOrigin);
    started.push(weir);
    const collector = await start('collector', []);
    const traced = await startTraced(weir.target, collector.port);
    started.push(traced);
    const targets: Target[] = [
      { name: 'direct', pid: null, origin: upstreamOrigin, path: PATH, headers: {} },
      { name: 'relay', pid: relay.pid, origin: `http://127.0.0.1:${relay.port}`, path: PATH, headers: {} },
      weir.target,
      weir.recorded,
      traced.target,
    ];
    const { rounds } = plan;
    const warmUp = await interleaved('warm-up', 1, targets, (target) => closedLoop(target, 32, plan.warmUpSeconds));
    const closed: ByTarget<LoadResult> = await interleaved('closed loop', rounds, targets, (target) =>
      closedLoop(target, plan.closedLoop.lanes, plan.closedLoop.seconds),
    );
    const open: ByTarget<LoadResult> = await interleaved('open loop', rounds, targets, (target) =>
      openLoop(target, plan.openLoop.callsPerSecond, plan.openLoop.seconds),
    );
    const streams: { streams: number; results: ByTarget<StreamsResult> }[] = [];
    for (const { streams: count, seconds } of plan.streams) {
      const results = await interleaved(`${count} streams`, rounds, targets, (target) =>
        runStreams(target, count, seconds),
      );
      streams.push({ streams: count, results });
    }
    say('a finished call until it is in the sums of Cost & Usage');
    const visibility = await measureVisibility(weir, plan.visibility.calls);
    say('a backlog, made while the worker is held still');
    const backlog = await drainBacklog(weir, plan.backlog.lanes, plan.backlog.seconds);
    const results: Results = { closed, open, streams };
    say(
      `\n${machine.cpu}, ${machine.cores} cores, ${machine.memoryGib} GiB, Linux ${machine.kernel}, Node ${machine.node}`,
    );
    say('Generator, upstream and everything measured share this machine; each figure is the median of the rounds.');
    say(`Load average before the run, which worsens every figure: ${machine.loadAverage}\n`);
    say(table(results));
    say(`\n${describe(visibility, backlog)}`);
    const made =
      weir.firstCalls +
      traced.firstCalls +
      visibility.count +
      backlog.calls +
      throughWeir(warmUp, closed, open).reduce((sum, { latency }) => sum + latency.count, 0) +
      throughWeir(...streams.map(({ results: each }) => each)).reduce((sum, run) => sum + run.streams, 0);
    const books = await weir.books(made);
    say(
      `\nCalls made through Weir: ${made}; served by its own count: ${books.served}; stored in ClickHouse: ${books.stored}.`,
    );
    await writeFile(
      plan.jsonFile,
      `${JSON.stringify({ at: new Date().toISOString(), machine, plan, results, visibility, backlog, books: { made, ...books } }, null, 2)}\n`,
    );
    say(`\n${plan.jsonFile} holds every round.`);
  } finally {
    for (const child of started.reverse()) await child.stop();
  }
}

const throughWeir = <T>(...results: readonly ByTarget<T>[]): T[] =>
  results.flatMap(({ weir, recorded, traced }) => [...weir, ...recorded, ...traced]);

function describe(visibility: Spread, backlog: BacklogResult): string {
  const ms = (value: number): string => value.toFixed(0);
  return [
    `Call finished until in the sums of Cost & Usage, ${visibility.count} calls: p50 ${ms(visibility.p50)} ms, p99 ${ms(visibility.p99)} ms, most ${ms(visibility.max)} ms.`,
    `Backlog of ${backlog.calls} calls stored and rated in ${backlog.seconds.toFixed(1)} s: ${ms(backlog.eventsPerSecond)} events/s, worker CPU ${backlog.workerCpuMicrosPerEvent.toFixed(1)} us per event.`,
  ].join('\n');
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  process.exitCode = 1;
});
