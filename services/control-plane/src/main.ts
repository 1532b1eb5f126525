import 'reflect-metadata';
import { WeirError } from '@weir/contracts';
import { loadConfig } from './platform/config.js';
import { startControlPlane } from './server.js';

/** What is still under way this long after the signal is cut off. */
const DRAIN_MS = 20_000;

try {
  const control = await startControlPlane(loadConfig());
  process.stdout.write(`control plane on ${control.url}/graphql, internal on ${control.internalUrl}\n`);
  let stopping = false;
  const stop = () => {
    if (stopping) return;
    stopping = true;
    setTimeout(() => process.exit(1), DRAIN_MS).unref();
    control.stop().then(
      () => process.exit(0),
      (error: unknown) => {
        process.stderr.write(`could not stop cleanly: ${error instanceof Error ? error.stack : 'unknown'}\n`);
        process.exit(1);
      },
    );
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
} catch (error) {
  const reason = error instanceof WeirError ? `${error.message} (${error.code})` : explain(error);
  process.stderr.write(`${reason}\n`);
  process.exit(1);
}

/** The port taken, the database away: what an operator can act on, by class and code. Drivers' messages hold no password. */
function explain(error: unknown): string {
  if (!(error instanceof Error)) return 'the control plane cannot start';
  return `the control plane cannot start: ${error.message || error.name}\n${error.stack ?? ''}`;
}
