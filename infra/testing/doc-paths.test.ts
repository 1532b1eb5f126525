import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { brokenPaths, pathsIn } from './doc-paths.js';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'weir-docs-'));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

test('link targets and code spans that name a room are paths, everything else is not', () => {
  const text = [
    'See [the proxy](services/proxy/README.md#limits), [elsewhere](https://example.com/a) and `infra/start`.',
    'A `text/event-stream`, `npm start`, `docs/adr/NNNN-*.md`, `services/<name>/src` and `infra/dist/start/main.js`.',
    '```\ninfra/in-a-block\n```',
  ].join('\n');
  expect(pathsIn(text)).toEqual(['services/proxy/README.md', 'infra/start']);
});

test('a path is looked for beside its document and from the root, and named when it is in neither place', async () => {
  mkdirSync(join(root, 'docs', 'adr'), { recursive: true });
  mkdirSync(join(root, 'infra'));
  writeFileSync(join(root, 'docs', 'adr', '0001.md'), '');
  writeFileSync(join(root, 'docs', 'guide.md'), '[one](adr/0001.md) `infra/` [gone](adr/0002.md) `infra/gone.ts`');
  expect(await brokenPaths(root)).toEqual(['docs/guide.md: adr/0002.md', 'docs/guide.md: infra/gone.ts']);
});
