import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runChecks } from './checks.js';
import { provideTools } from './tools.js';

/**
 * `npm test`: the checks, then every test in one run, so that there is one closing line. Arguments go to vitest and
 * leave the checks out: `npm test -- services/proxy`. Without any, the project `soak` is left to `npm run test:soak`.
 */
const root = fileURLToPath(new URL('../../..', import.meta.url));
const filters = process.argv.slice(2);
const chosen = filters.length === 0 ? ['--project', '!soak'] : filters;

const ready = provideTools((line) => process.stdout.write(`${line}\n`));
if (!ready || (filters.length === 0 && !(await runChecks(root)))) process.exit(1);

const vitest = spawn(process.execPath, [join(root, 'node_modules', 'vitest', 'vitest.mjs'), 'run', ...chosen], {
  cwd: root,
  stdio: 'inherit',
  env: { ...process.env, NODE_ENV: 'test' },
});
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => vitest.kill(signal));
process.on('disconnect', () => vitest.kill('SIGTERM'));
vitest.once('exit', (code, signal) => process.exit(code ?? (signal ? 1 : 0)));
