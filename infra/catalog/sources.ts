import { readdir, readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type GenaiPrices, importGenaiPrices, importPiAi, type Listing, PI_AI_VENDORS } from '@weir/pricing';
import { type Unpacked, unpackNewest } from './npm.js';

/** A list of prices and the package it came in. */
export interface Source {
  readonly unpacked: Unpacked;
  readonly listing: Listing;
}

/** The lists a catalog is made of, the most trusted one first. */
export async function readSources(folder: string): Promise<Source[]> {
  const [genai, piAi] = await Promise.all([
    unpackNewest('@pydantic/genai-prices', folder),
    unpackNewest('@earendil-works/pi-ai', folder),
  ]);
  return [
    { unpacked: genai, listing: await readGenaiPrices(genai) },
    { unpacked: piAi, listing: await readPiAi(piAi) },
  ];
}

/** Prices are part of the library's code, which has no other dependencies; its vendors are not exported. */
async function readGenaiPrices(unpacked: Unpacked): Promise<Listing> {
  const file = join(unpacked.folder, 'dist', 'index.js');
  const library: GenaiPrices = await import(pathToFileURL(file).href);
  const code = await readFile(file, 'utf8');
  const vendors = [...code.matchAll(/^ {2}\{\n {4}id: "([^"]+)"/gm)].map(([, id = '']) => id);
  if (vendors.length < 20) throw new Error(`only ${vendors.length} vendors were found in ${unpacked.name}`);
  return importGenaiPrices(library, vendors, sourceOf(unpacked));
}

async function readPiAi(unpacked: Unpacked): Promise<Listing> {
  const folder = join(unpacked.folder, 'dist', 'providers', 'data');
  const files = new Map<string, unknown>();
  for (const file of (await readdir(folder)).sort()) {
    const name = basename(file, '.json');
    if (name in PI_AI_VENDORS) files.set(name, JSON.parse(await readFile(join(folder, file), 'utf8')));
  }
  const missing = Object.keys(PI_AI_VENDORS).filter((name) => !files.has(name));
  if (missing.length > 0) throw new Error(`${unpacked.name} has no prices of ${missing.join(', ')}`);
  return importPiAi(files, sourceOf(unpacked));
}

const sourceOf = ({ name, version, publishedOn }: Unpacked) => ({ name, version, asOf: publishedOn });
