import { writeFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { reader } from '@weir/clickhouse';
import { seedUsage } from '../../seed/seed-usage.js';
import { describeMachine } from '../machine.js';
import { startArrivals } from './arrivals.js';
import { type Instance, openInstance } from './instance.js';
import { costsOf, type Measured, measure } from './measure.js';
import { type BenchOptions, readBenchOptions } from './options.js';
import { loadPage } from './page-loads.js';
import { questionsAt } from './questions.js';
import { reportText, type UsageResults } from './report.js';

const say = (line: string): boolean => process.stdout.write(`${line}\n`);
const TENTH_SEED = 1;
const REST_SEED = 2;

async function main(): Promise<void> {
  const options = readBenchOptions(process.env, process.argv.slice(2), process.cwd());
  const machine = describeMachine();
  const instance = await openInstance(options);
  // A hundred million events must not stay behind in a temporary folder.
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => void instance.stop().finally(() => process.exit(130)));
  }
  try {
    const untilMs = Date.now();
    let tenth: Measured[] | null = null;
    const startMs = performance.now();
    if (options.home === null) {
      const first = options.tenth ? Math.round(options.events / 10) : options.events;
      await seed(instance, options, first, TENTH_SEED, untilMs);
      if (options.tenth) {
        tenth = (await ask(instance, options)).measured;
        await seed(instance, options, options.events - first, REST_SEED, untilMs);
      }
    }
    const seedSeconds = options.home === null && !tenth ? (performance.now() - startMs) / 1_000 : null;
    const { measured, arrivals } = await ask(instance, options);
    const pageLoadsMs =
      options.loads > 0 ? await loadPage(instance.addresses.consoleUrl, options.admin, options.loads) : [];
    const events = await storedEvents(instance);
    const { days, rounds } = options;
    const results: UsageResults = {
      machine,
      events,
      days,
      rounds,
      seedSeconds,
      measured,
      tenth,
      arrivals,
      pageLoadsMs,
    };
    say(`\n${reportText(results)}`);
    await writeFile(options.jsonFile, `${JSON.stringify({ at: new Date().toISOString(), ...results }, null, 2)}\n`);
    say(`\n${options.jsonFile} holds every sample.`);
  } finally {
    await instance.stop();
  }
}

async function seed(
  instance: Instance,
  { days }: BenchOptions,
  events: number,
  seedNo: number,
  untilMs: number,
): Promise<void> {
  say(`filling ${events} events`);
  const lanes = availableParallelism();
  const plan = { events, days, untilMs, seed: seedNo, lanes, amongRealEvents: true };
  let told = 0;
  await seedUsage({ ...instance, doorUrl: instance.addresses.doorUrl }, plan, (progress) => {
    if (progress.events - told < events / 20) return;
    told = progress.events;
    say(`  ${progress.events} events, ${(progress.events / progress.seconds).toFixed(0)} a second`);
  });
}

async function ask(instance: Instance, { rounds, arrivalsPerSecond, only }: BenchOptions) {
  const { admin, server, addresses } = instance;
  const questions = questionsAt(Date.now()).filter(({ chart }) => chart.includes(only));
  say(`what ${questions.length} questions cost the database`);
  const costs = await costsOf(admin, server, questions);
  const source = reader(addresses.clickhouseUrl);
  try {
    const { viewer } = await admin.ask<{ viewer: { project: { id: string } } }>('{ viewer { project { id } } }');
    const arriving =
      arrivalsPerSecond > 0
        ? await startArrivals(source, {
            queueUrl: addresses.queueUrl,
            projectId: viewer.project.id,
            perSecond: arrivalsPerSecond,
          })
        : null;
    say(`asking ${rounds} times, with ${arrivalsPerSecond} events a second arriving`);
    try {
      const measured = await measure(admin, questions, rounds, costs);
      return { measured, arrivals: (await arriving?.stop()) ?? null };
    } catch (error) {
      await arriving?.stop();
      throw error;
    }
  } finally {
    await source.close();
  }
}

async function storedEvents({ server }: Instance): Promise<number> {
  const [found] = await server.query<{ events: number }>('SELECT count() AS events FROM usage_events_v1');
  return Number(found?.events ?? 0);
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  process.exitCode = 1;
});
