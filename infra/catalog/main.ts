/**
 * `npm run catalog:update`: makes packages/pricing/data/catalog.json anew from the newest lists in the npm registry and the
 * additions beside it. With `-- --accept` also where prices leap or many entries are gone.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildCatalog, type CatalogDocument, hashOf, reviewCatalog, versionIdOf } from '@weir/pricing';
import { readAdditions, readCatalog, readFamilies, writeCatalog } from './files.js';
import { readSources } from './sources.js';

const print = (line: string) => process.stdout.write(`${line}\n`);

async function update(isAccepted: boolean): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'weir-catalog-'));
  try {
    const sources = await readSources(folder);
    const listings = sources.map(({ listing }) => listing);
    const built = buildCatalog({ listings, additions: await readAdditions(), families: await readFamilies() });
    for (const { source, entries, refused } of listings) {
      print(`${source.name} ${source.version} of ${source.asOf}: ${entries.length} entries`);
      for (const reason of refused) print(`  not taken over: ${reason}`);
    }
    print(`${built.disagreements.length} models are priced differently by two lists (USD per 1M input / output):`);
    for (const { vendor, model, preferred, other, used } of built.disagreements) {
      print(`  ${vendor} ${model}: ${preferred} and ${other}, used: ${used}`);
    }
    const catalog: CatalogDocument = {
      format: 1,
      asOf: new Date().toISOString().slice(0, 10),
      sources: sources.map(({ unpacked: { name, version, publishedOn, licence } }) => ({
        ...{ name, version, asOf: publishedOn, licence },
      })),
      entries: built.entries,
    };
    await store(catalog, isAccepted);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function store(catalog: CatalogDocument, isAccepted: boolean): Promise<void> {
  const before = await readCatalog();
  if (before && hashOf(before.entries) === hashOf(catalog.entries)) {
    print('Nothing has changed.');
    return;
  }
  const { added, dropped, changed, notices } = reviewCatalog(before?.entries ?? [], catalog.entries);
  print(`${catalog.entries.length} entries: ${added} added, ${dropped} gone, ${changed} with other prices`);
  for (const notice of notices) print(`  look at: ${notice}`);
  if (before && notices.length > 0 && !isAccepted) {
    print('Nothing was written. When these are right: npm run catalog:update -- --accept');
    process.exitCode = 1;
    return;
  }
  await writeCatalog(catalog);
  print(`Written as ${versionIdOf(catalog)}.`);
}

await update(process.argv.includes('--accept'));
