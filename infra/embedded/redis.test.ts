import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { findRedisServer } from './redis.js';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'weir-path-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function program(directory: string, name: string, exitCode = 0): string {
  const file = join(folder, directory, name);
  mkdirSync(join(folder, directory), { recursive: true });
  writeFileSync(file, `#!/bin/sh\nexit ${exitCode}\n`);
  chmodSync(file, 0o755);
  return file;
}
const path = (...directories: string[]) => directories.map((directory) => join(folder, directory)).join(':');

test('nothing on the PATH: none is found', () => {
  expect(findRedisServer(path('empty', 'absent'))).toBeNull();
});

test('valkey-server is taken before redis-server, wherever on the PATH it is', () => {
  program('a', 'redis-server');
  const valkey = program('b', 'valkey-server');
  expect(findRedisServer(path('a', 'b'))).toBe(valkey);
});

test('a server that cannot even tell its version is passed over', () => {
  program('a', 'redis-server', 127);
  const sound = program('b', 'redis-server');
  expect(findRedisServer(path('a', 'b'))).toBe(sound);
});
