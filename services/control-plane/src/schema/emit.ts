/** Last step of `npm run build`: refuses a resolver without a policy, then writes `schema.graphql`. */
import 'reflect-metadata';
import { readFile, writeFile } from 'node:fs/promises';
import { ROOMS } from '../app.module.js';
import { printResolvers } from './print.js';
import { findResolvers, unlabelled } from './resolvers.js';

const SCHEMA_FILE = new URL('../../schema.graphql', import.meta.url);

const resolvers = findResolvers(ROOMS);
const open = unlabelled(resolvers);
if (open.length > 0) {
  process.stderr.write(`No policy (@Allow or @Public) on:\n${open.map((where) => `  ${where}\n`).join('')}`);
  process.exit(1);
}
const text = await printResolvers(resolvers);
const before = await readFile(SCHEMA_FILE, 'utf8').catch(() => '');
if (text !== before) await writeFile(SCHEMA_FILE, text);
