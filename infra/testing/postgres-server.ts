import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openHome } from '../embedded/home.js';
import { freePort } from '../embedded/ports.js';
import { postgres } from '../embedded/postgres.js';
import { Supervisor } from '../embedded/supervise.js';

/** Where test files find it; each makes databases of its own there. */
const VARIABLE = 'WEIR_TEST_POSTGRES_URL';
/** Many test files at once, each with pools. Nothing here has to outlive a crash of the machine. */
const SETTINGS = ['-c', 'max_connections=500', '-c', 'fsync=off', '-c', 'full_page_writes=off'];

/** One real PostgreSQL for the integration tests of a run, gone with it. */
export default async function startServer(): Promise<() => Promise<void>> {
  const home = openHome(mkdtempSync(join(tmpdir(), 'weir-test-postgres-')));
  const supervisor = new Supervisor(home, () => undefined);
  const stop = async () => {
    await supervisor.stopAll();
    rmSync(home.root, { recursive: true, force: true });
  };
  try {
    const server = postgres(home, await freePort(), () => undefined);
    await supervisor.start({ ...server.spec, args: [...server.spec.args, ...SETTINGS] });
    process.env[VARIABLE] = server.adminUrl;
    return stop;
  } catch (error) {
    await stop();
    throw error;
  }
}
