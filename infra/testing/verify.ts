import { fileURLToPath } from 'node:url';
import { runChecks } from './checks.js';

process.exit((await runChecks(fileURLToPath(new URL('../../..', import.meta.url)))) ? 0 : 1);
