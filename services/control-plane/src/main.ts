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

/** For an operator: what is in the way, and where it was met. Drivers' messages hold no password. */
function explain(error: unknown): string {
  if (!(error instanceof Error)) return 'The control plane cannot start.';
  const { code, address, port } = error as NodeJS.ErrnoException & { address?: string; port?: number };
  if (code === 'EADDRINUSE') return `The control plane cannot start: ${address}:${port} is in use already.`;
  return `The control plane cannot start: ${error.stack ?? error.message}`;
}
