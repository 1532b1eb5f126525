import { execFile } from 'node:child_process';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { z } from 'zod';

const run = promisify(execFile);
const MAX_OUTPUT_BYTES = 16 * 1024 * 1024;

/** A package as it is in the registry now, unpacked; nothing of it has been run. */
export interface Unpacked {
  readonly name: string;
  readonly version: string;
  /** Day it was published, `YYYY-MM-DD`. */
  readonly publishedOn: string;
  readonly licence: string | null;
  readonly folder: string;
}

const view = z.object({
  version: z.string(),
  license: z.string().optional(),
  time: z.record(z.string(), z.string()),
});

/** Fetches the newest version of a package with the machine's own npm and its settings. @throws when npm cannot */
export async function unpackNewest(name: string, into: string): Promise<Unpacked> {
  const { stdout } = await npm(['view', name, 'version', 'license', 'time', '--json'], into);
  const { version, license, time } = view.parse(JSON.parse(stdout));
  const publishedAt = time[version];
  if (!publishedAt) throw new Error(`npm does not say when ${name}@${version} was published`);
  const folder = join(into, name.replace(/\W+/g, '-'));
  await mkdir(folder, { recursive: true });
  const packed = await npm(['pack', `${name}@${version}`, '--json', '--ignore-scripts'], folder);
  const [tarball] = z.array(z.object({ filename: z.string() })).parse(Object.values(JSON.parse(packed.stdout)));
  if (!tarball) throw new Error(`npm packed nothing for ${name}@${version}`);
  await run('tar', ['-xzf', tarball.filename.replace(/^@/, '').replaceAll('/', '-'), '--strip-components=1'], {
    cwd: folder,
  });
  return { name, version, publishedOn: publishedAt.slice(0, 10), licence: license ?? null, folder };
}

function npm(args: readonly string[], cwd: string) {
  return run('npm', [...args, '--loglevel=error'], { cwd, maxBuffer: MAX_OUTPUT_BYTES });
}
