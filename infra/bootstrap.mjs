// Runs on any Node >= 20 with nothing installed: installs and builds what has changed, then goes on under Node 24.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { closeSync, existsSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const COMMANDS = {
  start: 'infra/dist/start/main.js',
  test: 'infra/dist/testing/run.js',
  verify: 'infra/dist/testing/verify.js',
  bench: 'infra/dist/bench/main.js',
  'bench:usage': 'infra/dist/bench/usage/main.js',
  'bench:transcripts': 'infra/dist/bench/transcripts/main.js',
  conformance: 'infra/dist/conformance/main.js',
  'seed:usage': 'infra/dist/seed/main.js',
  simulator: 'infra/dist/simulator/main.js',
  'catalog:update': 'infra/dist/catalog/main.js',
};
const TICK_MS = 15_000;
const SPINNER_MS = 120;
const PARENT_CHECK_MS = 500;
const LOG_TAIL_CHARACTERS = 12_000;

const beganAtMs = Date.now();
const root = dirname(dirname(fileURLToPath(import.meta.url)));
const modules = join(root, 'node_modules');
const [command = 'start', ...rest] = process.argv.slice(2);

function fail(message) {
  process.stderr.write(`\n${message}\n`);
  process.exit(1);
}

/** npm's own variables would steer the npm and turbo started below; its settings (registry, cache, proxy) are kept. */
function environment() {
  const kept = Object.entries(process.env).filter(([name]) => !/^npm_(?!config_)/i.test(name));
  return {
    ...Object.fromEntries(kept),
    PATH: [join(modules, '.bin'), dirname(nodeBinary()), process.env.PATH].filter(Boolean).join(delimiter),
    TURBO_TELEMETRY_DISABLED: '1',
    NEXT_TELEMETRY_DISABLED: '1',
    DO_NOT_TRACK: '1',
  };
}

/** The Node 24 that npm installed; the running one until then. */
function nodeBinary() {
  const places = [
    join(modules, 'node', 'bin', 'node'),
    join(modules, 'node', 'node_modules', `node-${process.platform}-${process.arch}`, 'bin', 'node'),
  ];
  return places.find((place) => existsSync(place)) ?? process.execPath;
}

function showProgress(title, startedAtMs) {
  const seconds = () => `${((Date.now() - startedAtMs) / 1000).toFixed(0)} s`;
  if (!process.stdout.isTTY) {
    process.stdout.write(`  ${title} ...\n`);
    return setInterval(() => process.stdout.write(`  ${title}: ${seconds()}\n`), TICK_MS);
  }
  let frame = 0;
  return setInterval(() => process.stdout.write(`\r${'|/-\\'[frame++ % 4]} ${title} ${seconds()}`), SPINNER_MS);
}

/** Runs a program; its output is shown only when it fails. */
async function step(title, program, args) {
  const startedAtMs = Date.now();
  const folder = mkdtempSync(join(tmpdir(), 'weir-step-'));
  const log = join(folder, 'log');
  const file = openSync(log, 'w');
  const timer = showProgress(title, startedAtMs);
  const outcome = await new Promise((resolve) => {
    const child = spawn(program, args, { cwd: root, env: environment(), stdio: ['ignore', file, file] });
    child.once('error', (error) => resolve(error.message));
    child.once('exit', (code, signal) => resolve(code === 0 ? null : (signal ?? `exit code ${code}`)));
  });
  clearInterval(timer);
  closeSync(file);
  const seconds = ((Date.now() - startedAtMs) / 1000).toFixed(1);
  const output = readFileSync(log, 'utf8').slice(-LOG_TAIL_CHARACTERS);
  rmSync(folder, { recursive: true, force: true });
  process.stdout.write(`${process.stdout.isTTY ? '\r\u001b[K' : ''}${outcome ? '✗' : '✓'} ${title} (${seconds} s)\n`);
  if (outcome) fail(`${output}\n${title} failed (${outcome}): ${program} ${args.join(' ')}`);
}

/** Installs unless this very lockfile has been installed here by this kind of machine. */
async function install() {
  const stamp = join(modules, '.weir-install');
  const wanted = createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .update(`${process.platform}-${process.arch}`)
    .digest('hex');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return;
  const [program, ...args] = process.env.npm_execpath ? [process.execPath, process.env.npm_execpath] : ['npm'];
  await step('dependencies (the first time about 2 GB, with the databases)', program, [
    ...args,
    // `ci` begins by deleting everything, also under a running instance's feet; `install` changes what differs.
    ...(existsSync(modules) ? ['install', '--no-save'] : ['ci']),
    ...['--include=dev', '--include=optional', '--no-audit', '--no-fund', '--loglevel=error'],
  ]);
  writeFileSync(stamp, wanted);
}

if (!(command in COMMANDS)) fail(`unknown command ${command}; use one of ${Object.keys(COMMANDS).join(', ')}`);
if (Number.parseInt(process.versions.node, 10) < 20) {
  fail(`Weir needs Node 20 or newer to begin with, and brings its own from there; this is ${process.versions.node}.`);
}
await install();
const node = nodeBinary();
if (node === process.execPath && Number.parseInt(process.versions.node, 10) < 24) {
  fail('Node 24 is not in node_modules: npm was told to ignore install scripts. Run: npm rebuild node');
}
await step('build', join(modules, '.bin', 'turbo'), [
  'run',
  'build',
  '--output-logs=errors-only',
  '--log-order=grouped',
]);

// The channel tells the child when this process is killed.
const child = spawn(node, ['--disable-warning=ExperimentalWarning', join(root, COMMANDS[command]), ...rest], {
  cwd: root,
  env: { ...environment(), WEIR_BEGAN_AT_MS: String(beganAtMs) },
  stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
});
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
if (process.env.npm_lifecycle_event) {
  // A signal sent to npm alone ends npm and its shell, and the shell does not pass it on.
  const parent = process.ppid;
  setInterval(() => process.ppid !== parent && child.kill('SIGTERM'), PARENT_CHECK_MS).unref();
}
child.once('error', (error) => fail(error.message));
child.once('exit', (code, signal) => process.exit(code ?? (signal ? 1 : 0)));
