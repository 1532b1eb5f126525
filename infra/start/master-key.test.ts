import { randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Home, openHome } from '../embedded/home.js';
import { masterKey } from './master-key.js';

let home: Home;
beforeEach(() => {
  home = openHome(mkdtempSync(join(tmpdir(), 'weir-key-')));
});
afterEach(() => rmSync(home.root, { recursive: true, force: true }));

const keyFile = () => join(home.keys, 'master.key');
const another = () => randomBytes(32).toString('base64');

test('the first start makes a key for its owner only, later ones read the same', () => {
  const key = masterKey(home, undefined, false);
  expect(Buffer.from(key, 'base64')).toHaveLength(32);
  expect(statSync(keyFile()).mode & 0o777).toBe(0o600);
  expect(masterKey(home, undefined, true)).toBe(key);
});

test('data without its key is refused, and no new key is made', () => {
  expect(() => masterKey(home, undefined, true)).toThrow('its master key is missing');
  masterKey(home, undefined, false);
  rmSync(keyFile());
  expect(() => masterKey(home, undefined, false)).toThrow(keyFile());
});

test('a key that is given is not written to disk, and is known again', () => {
  const key = another();
  expect(masterKey(home, key, false)).toBe(key);
  expect(() => readFileSync(keyFile())).toThrow('ENOENT');
  expect(masterKey(home, key, true)).toBe(key);
});

test('another key than the one the data was sealed with is refused by name of its source', () => {
  masterKey(home, undefined, false);
  expect(() => masterKey(home, another(), true)).toThrow('WEIR_MASTER_KEY is another key');
  writeFileSync(keyFile(), another());
  expect(() => masterKey(home, undefined, true)).toThrow(`${keyFile()} is another key`);
});

test('what is no key is refused before anything is written', () => {
  expect(() => masterKey(home, 'c2hvcnQ=', false)).toThrow('32 random bytes');
  expect(() => readFileSync(join(home.keys, 'master.id'))).toThrow('ENOENT');
});
