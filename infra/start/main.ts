import { fileURLToPath } from 'node:url';
import { openHome } from '../embedded/home.js';
import { lockHome } from '../embedded/lock.js';
import { Supervisor } from '../embedded/supervise.js';
import { forgetAddresses } from './addresses.js';
import { readStartConfig } from './config.js';
import { Progress } from './progress.js';
import { stopOnSignals } from './signals.js';
import { summary } from './summary.js';
import { up } from './up.js';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const beganAtMs = Number(process.env.WEIR_BEGAN_AT_MS) || Date.now();
const progress = new Progress();

/** Refusals that name their own remedy carry a code; anything else is ours to explain and comes with its stack. */
function explain(error: unknown): string {
  if (error instanceof Error && 'code' in error && typeof error.code === 'string') return error.message;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

async function main(): Promise<void> {
  const config = readStartConfig(process.env, process.argv.slice(2), root);
  const home = openHome(config.home);
  const unlock = lockHome(home);
  const supervisor = new Supervisor(home, (line) => progress.say(line));
  let stopped: Promise<void> | undefined;
  const stop = (exitCode: number): Promise<void> => {
    forgetAddresses(home);
    stopped ??= supervisor.stopAll().then(() => {
      unlock();
      progress.say('Stopped.');
      process.exit(exitCode);
    });
    return stopped;
  };
  stopOnSignals(
    () => {
      progress.say('\nStopping; calls under way are finished first (Ctrl-C again: at once)');
      stop(0).catch((error: unknown) => progress.say(explain(error)));
    },
    () => {
      supervisor.killAll();
      unlock();
      process.exit(130);
    },
  );
  try {
    const running = await up(root, home, config, supervisor, progress, process.env);
    progress.say(summary(config, home.root, running, Date.now() - beganAtMs));
  } catch (error) {
    if (stopped !== undefined) return;
    process.stderr.write(`\n${explain(error)}\n`);
    await stop(1);
  }
}

main().catch((error: unknown) => {
  process.stderr.write(`\n${explain(error)}\n`);
  process.exit(1);
});
