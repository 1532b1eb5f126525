import { hash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { shell } from './command.js';

/** Packages that tests use and the product does not: they are installed beside the checkout, once a machine. */
export interface Toolchain {
  /** Holds what was installed; a program below it finds it. */
  readonly folder: string;
  /** In front of the PATH. */
  readonly bin: string;
}

export type Installed = Toolchain | { readonly missing: string };

const CACHE = join(tmpdir(), 'weir-test-clients');
const REGISTRY_PATIENCE_MS = 15_000;
const INSTALL_PATIENCE_MS = 280_000;

/** The node of this test before all others, so that `npm` and programs run by it. */
export const BASE_PATH = [dirname(process.execPath), ...(process.env.PATH ?? '').split(delimiter)].join(delimiter);
/** What installers may know of the machine: proxies and registries among it. */
const INSTALLER_ENV = { ...process.env, PATH: BASE_PATH, NODE_OPTIONS: '' };

/** `name@version` each. */
export function npmPackages(specs: readonly [string, ...string[]]): Promise<Installed> {
  return once('npm', specs, {
    bin: ['node_modules', '.bin'],
    probe: `npm view ${specs[0]} version --fetch-retries=0 --fetch-timeout=10000`,
    install: `npm init -y >/dev/null && npm install --no-audit --no-fund ${specs.join(' ')}`,
  });
}

/** `name==version` each, in a virtual environment of its own. */
export function pythonPackages(specs: readonly [string, ...string[]]): Promise<Installed> {
  const flags = '--disable-pip-version-check --no-input -q';
  return once('python', specs, {
    bin: ['venv', 'bin'],
    probe: `python3 -m pip download ${flags} --retries 0 --timeout 10 --no-deps -d probe ${specs[0]}`,
    install: `python3 -m venv venv && venv/bin/pip install ${flags} ${specs.join(' ')}`,
  });
}

/** `group:artifact:version` each, as jars in `lib`. */
export function mavenPackages(specs: readonly [string, ...string[]]): Promise<Installed> {
  const dependencies = specs
    .map((spec) => spec.split(':'))
    .map(([group, artifact, version]) => {
      return `<dependency><groupId>${group}</groupId><artifactId>${artifact}</artifactId><version>${version}</version></dependency>`;
    });
  const pom = `<project><modelVersion>4.0.0</modelVersion><groupId>t</groupId><artifactId>t</artifactId><version>1</version><dependencies>${dependencies.join('')}</dependencies></project>`;
  return once('maven', specs, {
    bin: ['lib'],
    probe: 'mvn -v && javac -version',
    install: `printf '%s' '${pom}' > pom.xml && mvn -q -B dependency:copy-dependencies -DoutputDirectory=lib`,
  });
}

interface Recipe {
  /** Below the folder. */
  readonly bin: readonly string[];
  /** Fails at once where the registry or the tool is not there. */
  readonly probe: string;
  readonly install: string;
}

/** @throws when the registry answers and the installation fails all the same */
async function once(kind: string, specs: readonly string[], { bin, probe, install }: Recipe): Promise<Installed> {
  const folder = join(CACHE, `${kind}-${hash('sha256', install).slice(0, 16)}`);
  const marker = join(folder, '.complete');
  const toolchain = { folder, bin: join(folder, ...bin) };
  if (existsSync(marker)) return toolchain;
  mkdirSync(folder, { recursive: true });
  const options = { cwd: folder, env: INSTALLER_ENV };
  const probed = await shell(probe, { ...options, timeoutMs: REGISTRY_PATIENCE_MS });
  if (probed.code !== 0) {
    const reason = lastLine(probed.stderr) || lastLine(probed.stdout) || 'no answer';
    return { missing: `${kind} packages cannot be had here: ${reason}` };
  }
  const installed = await shell(install, { ...options, timeoutMs: INSTALL_PATIENCE_MS });
  if (installed.code !== 0) throw new Error(`installing ${specs.join(' ')} failed:\n${installed.stderr}`);
  writeFileSync(marker, readdirSync(folder).join('\n'));
  return toolchain;
}

function lastLine(text: string): string {
  return text.trim().split('\n').at(-1)?.trim() ?? '';
}
