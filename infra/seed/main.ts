import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { deriveMasterKey } from '@weir/contracts';
import { Console } from '../demo/console.js';
import { type Home, openHome } from '../embedded/home.js';
import { readAddresses } from '../start/addresses.js';
import { DEMO_ADMIN, demoAdmin } from '../start/demo.js';
import { masterKey } from '../start/master-key.js';
import { readSeedConfig, SeedOptionsInvalid } from './config.js';
import { seedUsage } from './seed-usage.js';
import { openServer } from './server.js';
import { storedBytes } from './stored-bytes.js';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const REPORT_EVERY_MS = 5_000;
const say = (line: string) => process.stdout.write(`${line}\n`);
const count = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 });

async function main(): Promise<void> {
  const startedMs = performance.now();
  const config = readSeedConfig(process.env, process.argv.slice(2), root, Date.now());
  const home = openHome(config.home);
  const { controlUrl, consoleUrl, doorUrl, clickhouseUrl } = readAddresses(home);
  const { doorToken } = deriveMasterKey(masterKey(home, config.masterKey, true));
  const admin = new Console(controlUrl, consoleUrl);
  const { email, password } = config.admin ?? knownAdmin(home);
  await admin.signIn(email, password);
  const server = openServer(clickhouseUrl);
  try {
    say(`Filling ${config.home} with ${count.format(config.events)} events over ${config.days} days`);
    let reportedMs = startedMs;
    const { events } = await seedUsage({ admin, server, doorUrl, doorToken }, config, (progress) => {
      if (performance.now() - reportedMs < REPORT_EVERY_MS) return;
      reportedMs = performance.now();
      const perSecond = progress.events / progress.seconds;
      const left = (config.events - progress.events) / perSecond;
      say(
        `  ${count.format(progress.events)} events, ${count.format(perSecond)} a second, ${count.format(left)} s to go`,
      );
    });
    say(
      `${count.format(events)} events and their ratings stored in ${count.format((performance.now() - startedMs) / 1_000)} s`,
    );
    for (const { table, rows, bytes } of await storedBytes(server)) {
      say(`  ${table.padEnd(28)} ${count.format(rows).padStart(14)} rows ${count.format(bytes / 1e6).padStart(8)} MB`);
    }
  } finally {
    await server.close();
  }
}

/** The account of a demo. @throws SeedOptionsInvalid where there is none */
function knownAdmin(home: Home): { email: string; password: string } {
  if (existsSync(join(home.keys, DEMO_ADMIN))) return demoAdmin(home, {});
  throw new SeedOptionsInvalid(
    'Set WEIR_ADMIN_EMAIL and WEIR_ADMIN_PASSWORD to an account that may make providers and apps.',
  );
}

main().catch((error: unknown) => {
  const isRefusal = error instanceof Error && 'code' in error && typeof error.code === 'string';
  process.stderr.write(
    `${isRefusal ? (error as Error).message : error instanceof Error ? error.stack : String(error)}\n`,
  );
  process.exitCode = 1;
});
