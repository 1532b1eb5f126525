import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { LogFile } from './log-file.js';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'weir-log-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test('a log never takes more than two files of 10 MiB, and the newest lines are in it', () => {
  const log = new LogFile(folder, 'proxy');
  const line = 'x'.repeat(1024 * 1024);
  for (let count = 0; count < 25; count++) log.line(`${count} ${line}`);
  log.close();
  const sizes = ['proxy.log', 'proxy.log.1'].map((name) => statSync(join(folder, name)).size);
  for (const size of sizes) expect(size).toBeLessThanOrEqual(10 * 1024 * 1024);
  expect(readFileSync(log.path, 'utf8')).toContain(' 24 x');
  expect(log.tail()).toHaveLength(20);
});

test('a log is for its owner only and goes on where the last run ended', () => {
  for (const text of ['first', 'second']) {
    const log = new LogFile(folder, 'proxy');
    log.line(text);
    log.close();
  }
  const path = join(folder, 'proxy.log');
  expect(statSync(path).mode & 0o777).toBe(0o600);
  expect(readFileSync(path, 'utf8')).toMatch(/first\n.*second\n$/);
});
