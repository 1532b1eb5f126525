import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';

const checkout = fileURLToPath(new URL('../..', import.meta.url));
const RULES = ['.dependency-cruiser.cjs', 'tsconfig.base.json', 'tsconfig.imports.json', 'package.json'];
const PACKAGES = ['packages/contracts', 'packages/providers', 'clickhouse', 'prisma'];

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'weir-imports-'));
  for (const file of RULES) cpSync(join(checkout, file), join(root, file));
  for (const folder of PACKAGES) write(`${folder}/src/index.ts`, 'export const here = 1;\n');
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

function write(path: string, text: string): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
}

/** Names of the rules broken by one file with these imports. */
function broken(path: string, ...imports: string[]): string[] {
  write(path, imports.map((name, index) => `import * as i${index} from '${name}';\ni${index};\n`).join(''));
  const { stdout } = spawnSync(
    process.execPath,
    [
      join(checkout, 'node_modules/dependency-cruiser/bin/dependency-cruiser.mjs'),
      ...['--config', '.dependency-cruiser.cjs', '--output-type', 'json', path],
    ],
    { cwd: root, encoding: 'utf8' },
  );
  const { summary } = JSON.parse(stdout) as { summary: { violations: { rule: { name: string } }[] } };
  return summary.violations.map(({ rule }) => rule.name).sort();
}

test('a service may import the packages below it and nothing else', () => {
  expect(broken('services/proxy/src/a.ts', '@weir/contracts', '@weir/providers')).toEqual([]);
  expect(broken('services/proxy/src/b.ts', '@weir/clickhouse', '@weir/prisma')).toEqual([
    'proxy-imports',
    'proxy-imports',
  ]);
  write('services/usage-worker/src/main.ts', 'export const here = 1;\n');
  expect(broken('services/proxy/src/c.ts', '../../usage-worker/src/main.js')).toEqual(['proxy-imports']);
});

test('the console imports no server code, and contracts import nothing', () => {
  expect(broken('web/src/a.ts', '@weir/contracts')).toEqual(['web-imports-no-server-code']);
  expect(broken('packages/contracts/src/a.ts', '@weir/providers')).toEqual(['contracts-import-nothing']);
});

test('modules that import each other are refused, types that do are not', () => {
  write('services/proxy/src/types.ts', "import type { i0 } from './uses-types.js';\nexport type Two = typeof i0;\n");
  expect(broken('services/proxy/src/uses-types.ts', './types.js')).toEqual([]);
  write('services/proxy/src/values.ts', "import { i0 } from './uses-values.js';\nexport const two = () => i0;\n");
  expect(broken('services/proxy/src/uses-values.ts', './values.js')).toContain('no-circular');
});
