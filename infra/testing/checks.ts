import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { brokenPaths } from './doc-paths.js';

/** One check of the sources: null when it holds, else what is wrong. */
export interface Check {
  readonly title: string;
  run(root: string, signal: AbortSignal): Promise<string | null>;
}

/** Runs a tool from node_modules; its output counts only when it fails. */
function tool(title: string, name: string, args: readonly string[]): Check {
  return {
    title,
    run: (root, signal) =>
      new Promise((resolve) => {
        const child = spawn(join(root, 'node_modules', '.bin', name), [...args], {
          cwd: root,
          signal,
          stdio: ['ignore', 'pipe', 'pipe'],
        });
        const output: Buffer[] = [];
        child.stdout.on('data', (chunk: Buffer) => output.push(chunk));
        child.stderr.on('data', (chunk: Buffer) => output.push(chunk));
        child.once('error', (error) => resolve(error.message));
        child.once('close', (code) => resolve(code === 0 ? null : Buffer.concat(output).toString('utf8')));
      }),
  };
}

const SOURCES = ['packages', 'services', 'clickhouse', 'prisma', 'infra', 'web'];

/** What `npm run verify` asks and `npm test` asks before any test: seconds, no database. */
export const CHECKS: readonly Check[] = [
  tool('format and lint', 'biome', ['ci', '--colors=off', '--error-on-warnings', '.']),
  tool('imports go one way', 'depcruise', ['--config', '.dependency-cruiser.cjs', ...SOURCES]),
  tool('nothing unused', 'knip', []),
  tool('types', 'turbo', ['run', 'typecheck', '--output-logs=errors-only', '--log-order=grouped']),
  {
    title: 'paths named in documents exist',
    async run(root) {
      const broken = await brokenPaths(root);
      return broken.length === 0 ? null : broken.join('\n');
    },
  },
];

/**
 * All at once: most of them work in one thread.
 *
 * @returns false as soon as a check fails; what is wrong has then been printed, and the others are ended.
 */
export async function runChecks(root: string): Promise<boolean> {
  const enough = new AbortController();
  const answers = CHECKS.map(async ({ title, run }) => {
    const beganAt = performance.now();
    const fault = await run(root, enough.signal);
    if (enough.signal.aborted) return false;
    const seconds = ((performance.now() - beganAt) / 1000).toFixed(1);
    process.stdout.write(`${fault === null ? '✓' : '✗'} ${title} (${seconds} s)\n`);
    if (fault === null) return true;
    process.stderr.write(`\n${fault}\n\nThe check "${title}" failed.\n`);
    enough.abort();
    return false;
  });
  return (await Promise.all(answers)).every(Boolean);
}
