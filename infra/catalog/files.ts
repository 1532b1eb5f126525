import { readdir, readFile, writeFile } from 'node:fs/promises';
import { type Addition, additions, type CatalogDocument, families, parseCatalog } from '@weir/pricing';

/** The data of the pricing package. */
const DATA = new URL('../../../packages/pricing/data/', import.meta.url);
const CATALOG = new URL('catalog.json', DATA);

export async function readAdditions(): Promise<Addition[]> {
  const folder = new URL('additions/', DATA);
  const files = (await readdir(folder)).filter((name) => name.endsWith('.json')).sort();
  const read = files.map(async (name) => additions.parse(await readJson(new URL(name, folder))));
  return (await Promise.all(read)).flat();
}

export async function readFamilies() {
  return families.parse(await readJson(new URL('families.json', DATA)));
}

/** null: there is none yet. */
export async function readCatalog(): Promise<CatalogDocument | null> {
  try {
    return parseCatalog(await readJson(CATALOG));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}

/** One entry a line, so that a diff shows which prices changed. */
export async function writeCatalog({ entries, ...head }: CatalogDocument): Promise<void> {
  const lines = entries.map((entry) => JSON.stringify(entry)).join(',\n');
  const start = JSON.stringify(head, null, 1).replace(/\n\}$/, '');
  await writeFile(CATALOG, `${start},\n "entries": [\n${lines}\n]\n}\n`);
}

async function readJson(file: URL): Promise<unknown> {
  return JSON.parse(await readFile(file, 'utf8'));
}
