import { writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { Random } from '../../demo/random.js';
import { describeMachine } from '../machine.js';
import { openInstance } from '../usage/instance.js';
import { withP95 } from '../usage/measure.js';
import { fillTranscripts } from './fill.js';
import { LIST, searchesAt } from './questions.js';

const USAGE = `npm run bench:transcripts -- [--turns 1000000] [--days 30] [--rounds 20] [--home DIR] [--json FILE]
  --turns N    recorded calls to search in, each with a question and an answer of forty words
  --home DIR   home of a Weir that runs and was filled before with as many turns; it is searched and left as it is
  --json FILE  where the results go (default bench-transcripts.json)`;
const GOAL_MS = 1_000;

const say = (line: string): boolean => process.stdout.write(`${line}\n`);

function whole(text: string, name: string): number {
  const value = Number(text.replaceAll('_', ''));
  if (Number.isInteger(value) && value > 0) return value;
  throw new Error(`--${name} must be a whole number above 0, not ${JSON.stringify(text)}\n${USAGE}`);
}

function readOptions(args: readonly string[]) {
  const text = (fallback: string) => ({ type: 'string', default: fallback }) as const;
  const options = {
    turns: text('1000000'),
    days: text('30'),
    rounds: text('20'),
    json: text('bench-transcripts.json'),
    home: { type: 'string' } as const,
  };
  try {
    const { values } = parseArgs({ args: [...args], options });
    const { turns, days, rounds, json, home = null } = values;
    return { turns: whole(turns, 'turns'), days: whole(days, 'days'), rounds: whole(rounds, 'rounds'), json, home };
  } catch (cause) {
    throw new Error(`${(cause as Error).message}\n${USAGE}`, { cause });
  }
}

/** Fills a Weir of its own with recorded calls and searches them the way the console does. */
async function main(): Promise<void> {
  const { turns, days, rounds, json, home } = readOptions(process.argv.slice(2));
  const machine = describeMachine();
  const instance = await openInstance({
    home,
    admin: {
      email: process.env.WEIR_ADMIN_EMAIL ?? 'admin@example.com',
      password: process.env.WEIR_ADMIN_PASSWORD ?? 'correct horse battery',
    },
  });
  // Millions of turns must not stay behind in a temporary folder.
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => void instance.stop().finally(() => process.exit(130)));
  }
  try {
    const { admin, server } = instance;
    const { viewer } = await admin.ask<{ viewer: { project: { id: string } } }>('{ viewer { project { id } } }');
    const startMs = performance.now();
    const untilMs = Date.now();
    if (home === null) {
      say(`filling ${turns} turns`);
      let told = 0;
      await fillTranscripts(server, { projectId: viewer.project.id, turns, days, untilMs }, (done) => {
        if (done - told < turns / 20) return;
        told = done;
        say(`  ${done} turns, ${((done / (performance.now() - startMs)) * 1_000).toFixed(0)} a second`);
      });
    }
    const random = new Random(11);
    const samples = new Map<string, { ms: number[]; found: number[] }>();
    say(`searching ${rounds} times`);
    for (let round = 0; round < rounds; round++) {
      for (const { name, filter } of searchesAt(untilMs, () => random.unit())) {
        const beganMs = performance.now();
        const { conversations } = await admin.ask<{ conversations: { nodes: unknown[] } }>(LIST, { filter });
        const own = samples.get(name) ?? { ms: [], found: [] };
        own.ms.push(performance.now() - beganMs);
        own.found.push(conversations.nodes.length);
        samples.set(name, own);
      }
    }
    const results = [...samples].map(([name, { ms, found }]) => ({ name, ...withP95(ms), found, samplesMs: ms }));
    const [disk] = await server.query<{ gib: number }>(
      `SELECT round(sum(bytes_on_disk) / 1073741824, 2) AS gib FROM system.parts WHERE active AND table LIKE 'transcript%'`,
    );
    say(
      `\n${machine.cpu}, ${machine.cores} cores, ${machine.memoryGib} GiB; load average before: ${machine.loadAverage}`,
    );
    say(`${turns} turns, ${2 * turns} messages, ${disk?.gib} GiB; ${rounds} rounds, first page of 50, by GraphQL.\n`);
    say('| search | p50 ms | p95 ms | most ms | found |\n|---|---:|---:|---:|---:|');
    for (const { name, p50, p95, max, found } of results) {
      const range = `${Math.min(...found)}–${Math.max(...found)}`;
      say(`| ${name} | ${p50.toFixed(0)} | ${p95.toFixed(0)} | ${max.toFixed(0)} | ${range} |`);
    }
    const slow = results.filter(({ p95 }) => p95 > GOAL_MS).length;
    say(`\n${slow} of ${results.length} searches above ${GOAL_MS} ms at p95.`);
    await writeFile(
      json,
      `${JSON.stringify({ at: new Date().toISOString(), machine, turns, days, disk, results }, null, 2)}\n`,
    );
  } finally {
    await instance.stop();
  }
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  process.exitCode = 1;
});
