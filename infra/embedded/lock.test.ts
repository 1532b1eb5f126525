import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Home, openHome } from './home.js';
import { lockHome } from './lock.js';
import { processId } from './process-id.js';

let home: Home;
beforeEach(() => {
  home = openHome(mkdtempSync(join(tmpdir(), 'weir-lock-')));
});
afterEach(() => rmSync(home.root, { recursive: true, force: true }));

test('a second instance is refused with the process that holds the home, and let in once it is gone', () => {
  const unlock = lockHome(home);
  expect(() => lockHome(home)).toThrow(`(process ${process.pid})`);
  unlock();
  lockHome(home)();
  expect(existsSync(join(home.root, 'lock'))).toBe(false);
});

test('the lock of a killed process does not keep anybody out', async () => {
  const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)']);
  const owner = processId(child.pid as number);
  writeFileSync(join(home.root, 'lock'), JSON.stringify(owner));
  expect(() => lockHome(home)).toThrow(`(process ${owner.pid})`);
  child.kill('SIGKILL');
  await once(child, 'exit');
  lockHome(home)();
});

test('a process id that another program has by now does not keep anybody out', () => {
  writeFileSync(join(home.root, 'lock'), JSON.stringify({ pid: process.pid, startedAt: 'another time' }));
  lockHome(home)();
});

test('a lock file that was cut short does not keep anybody out', () => {
  writeFileSync(join(home.root, 'lock'), '{"pid": 1');
  lockHome(home)();
});
