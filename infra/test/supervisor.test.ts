import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { ProcessSpec } from '../embedded/child.js';
import { type Home, openHome } from '../embedded/home.js';
import { endLeftovers } from '../embedded/leftovers.js';
import { startTimeOf } from '../embedded/process-id.js';
import { Supervisor } from '../embedded/supervise.js';
import { until } from './until.js';

let home: Home;
let supervisor: Supervisor;
let said: string[];
beforeEach(() => {
  home = openHome(mkdtempSync(join(tmpdir(), 'weir-supervisor-')));
  said = [];
  supervisor = new Supervisor(home, (line) => said.push(line));
});
afterEach(async () => {
  await supervisor.stopAll();
  rmSync(home.root, { recursive: true, force: true });
});

const file = (name: string) => join(home.root, name);
const pidIn = (name: string) => Number(readFileSync(file(name), 'utf8'));
const isAlive = (pid: number) => startTimeOf(pid) !== null;

/** A process that says so in a file once it serves, and in `order` when it stops. */
function served(name: string, script = ''): ProcessSpec {
  const program = `
    const fs = require('node:fs');
    process.on('SIGTERM', () => { fs.appendFileSync('order', '${name} '); process.exit(0); });
    ${script}
    fs.writeFileSync('${name}.pid', String(process.pid));
    setInterval(() => {}, 1000);`;
  return {
    name,
    command: process.execPath,
    args: ['-e', program],
    env: {},
    cwd: home.root,
    isReady: async () => existsSync(file(`${name}.pid`)) && isAlive(pidIn(`${name}.pid`)),
    readyTimeoutMs: 20_000,
    stopSignal: 'SIGTERM',
    stopGraceMs: 20_000,
  };
}

test('processes stop in the reverse of the order they were started in', async () => {
  for (const name of ['one', 'two', 'three']) await supervisor.start(served(name));
  await supervisor.stopAll();
  expect(readFileSync(file('order'), 'utf8')).toBe('three two one ');
  expect(existsSync(file('run.json'))).toBe(false);
});

test('a crashed process is started again, after its children are gone too', async () => {
  const child =
    "require('node:child_process').spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'ignore' })";
  await supervisor.start(served('one', `fs.writeFileSync('child.pid', String(${child}.pid));`));
  const [first, grandchild] = [supervisor.pidOf('one'), pidIn('child.pid')];
  process.kill(first, 'SIGKILL');
  await until('started again', () => supervisor.pidOf('one') !== first);
  await supervisor.ready('one');
  expect(isAlive(grandchild)).toBe(false);
  expect(said.join()).toContain('one stopped (ended by SIGKILL); starting it again');
});

test('a process that cannot start is named with its exit code and the end of its log', async () => {
  const failing = served('one', "console.error('the disk is full'); process.exit(3);");
  const failure = supervisor.start(failing);
  await expect(failure).rejects.toThrow('one did not start (exit code 3)');
  await expect(failure).rejects.toThrow('the disk is full');
  const absent = { ...served('two'), command: '/nonexistent/program' };
  await expect(supervisor.start(absent)).rejects.toThrow('cannot be started: spawn /nonexistent/program ENOENT');
});

test('a process that ignores the request to stop is killed after its grace', async () => {
  const stubborn = served('one', "process.removeAllListeners('SIGTERM'); process.on('SIGTERM', () => {});");
  await supervisor.start({ ...stubborn, stopGraceMs: 100 });
  const pid = supervisor.pidOf('one');
  await supervisor.stopAll();
  expect(isAlive(pid)).toBe(false);
  expect(said.join()).toContain('did not stop within 0.1 s');
});

/** A supervisor in a process of its own, which starts one process and prints its id. */
async function elsewhere(): Promise<{ supervisorPid: number; guardianPid: number; childPid: number }> {
  const script = file('elsewhere.mjs');
  const module = (path: string) => JSON.stringify(new URL(`../dist/embedded/${path}`, import.meta.url).href);
  writeFileSync(
    script,
    `import { openHome } from ${module('home.js')};
     import { Supervisor } from ${module('supervise.js')};
     const supervisor = new Supervisor(openHome(${JSON.stringify(home.root)}), () => {});
     const spec = ${JSON.stringify(served('one'))};
     let asked = 0;
     await supervisor.start({ ...spec, isReady: async () => asked++ > 0 });
     console.log(supervisor.pidOf('one'));`,
  );
  const child = spawn(process.execPath, [script], { stdio: ['ignore', 'pipe', 'inherit'] });
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => {
    output += chunk.toString();
  });
  await until('the other supervisor serves', () => output.includes('\n') && existsSync(file('one.pid')));
  const supervisorPid = child.pid as number;
  const children = readFileSync(`/proc/${supervisorPid}/task/${supervisorPid}/children`, 'utf8')
    .trim()
    .split(' ')
    .map(Number);
  const childPid = Number(output);
  return { supervisorPid, childPid, guardianPid: children.find((pid) => pid !== childPid) as number };
}

test.runIf(process.platform === 'linux')('a killed supervisor takes its processes with it', async () => {
  const { supervisorPid, childPid } = await elsewhere();
  process.kill(supervisorPid, 'SIGKILL');
  await until('its process is gone', () => !isAlive(childPid));
  expect(readFileSync(file('order'), 'utf8')).toBe('one ');
});

test.runIf(process.platform === 'linux')(
  'what even a killed guardian leaves behind is ended by the next start',
  async () => {
    const { supervisorPid, guardianPid, childPid } = await elsewhere();
    process.kill(guardianPid, 'SIGKILL');
    process.kill(supervisorPid, 'SIGKILL');
    await until('both are gone', () => !isAlive(supervisorPid) && !isAlive(guardianPid));
    expect(isAlive(childPid)).toBe(true);
    expect(await endLeftovers(home)).toEqual(['one']);
    expect(isAlive(childPid)).toBe(false);
    expect(await endLeftovers(home)).toEqual([]);
  },
);

test('a process id in the record that another program has by now is left alone', async () => {
  writeFileSync(
    file('run.json'),
    JSON.stringify({ processes: { one: { pid: process.pid, startedAt: 'another time' } } }),
  );
  expect(await endLeftovers(home)).toEqual([]);
});
