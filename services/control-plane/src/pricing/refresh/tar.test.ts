import { expect, test } from 'vitest';
import { findInTar } from './tar.js';

function file(name: string, content: string, type = '0'): Buffer {
  const header = Buffer.alloc(512);
  header.write(name, 0);
  header.write(`${Buffer.byteLength(content).toString(8).padStart(11, '0')} `, 124);
  header.write(type, 156);
  header.write('ustar\u000000', 257);
  const body = Buffer.alloc(Math.ceil(Buffer.byteLength(content) / 512) * 512);
  body.write(content);
  return Buffer.concat([header, body]);
}
const END = Buffer.alloc(1024);
const find = (...parts: Buffer[]) => findInTar(Buffer.concat([...parts, END]), 'catalog.json')?.toString() ?? null;

test('the file is found behind others of any length, in whatever folder', () => {
  const other = file('package/readme.md', 'x'.repeat(1_025));
  expect(find(other, file('package/data/catalog.json', '{"a":1}'), file('z', 'z'))).toBe('{"a":1}');
});

test('a folder of that name is no file, and an archive without it holds none', () => {
  expect(find(file('package/catalog.json', '', '5'))).toBeNull();
  expect(find(file('package/my-catalog.json', '{}'))).toBeNull();
  expect(find()).toBeNull();
});

test('what is no archive is not taken for one', () => {
  expect(findInTar(Buffer.from('{"format":1}'), 'catalog.json')).toBeNull();
  expect(findInTar(Buffer.alloc(0), 'catalog.json')).toBeNull();
  const broken = file('catalog.json', 'x');
  broken.write('not-a-size', 124);
  expect(findInTar(broken, 'catalog.json')).toBeNull();
});
