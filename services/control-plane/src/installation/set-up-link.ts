import { open, rename, rm } from 'node:fs/promises';

/**
 * Hands the one-time link to the operator: into `file` (readable by its owner only), else to standard output. It is the
 * only place the token is ever written.
 */
export async function announceSetUpLink(link: string, file: string | null): Promise<void> {
  if (file === null) {
    process.stdout.write(`Create the first account by this link (it works once, for 24 hours):\n  ${link}\n`);
    return;
  }
  // A file that is there already could have another mode; the new one is made beside it and takes its place.
  const draft = `${file}.${process.pid}`;
  await rm(draft, { force: true });
  const handle = await open(draft, 'wx', 0o600);
  try {
    await handle.writeFile(`${link}\n`);
  } finally {
    await handle.close();
  }
  await rename(draft, file);
}

/** A link that has been used, or that nobody needs, leaves no file behind. */
export async function withdrawSetUpLink(file: string | null): Promise<void> {
  if (file !== null) await rm(file, { force: true });
}
