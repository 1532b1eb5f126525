import { Injectable } from '@nestjs/common';
import type { RatingLine } from '@weir/clickhouse';
import { type CatalogEntry, type PriceVersion, uuid } from '@weir/contracts';
import { CATALOG_VENDORS } from '@weir/pricing';
import { PrismaService } from '../../platform/prisma.service.js';
import { accountNames } from '../../pricing/account-names.js';
import { PriceBookService } from '../../pricing/price-book.service.js';
import type { RateOriginType } from './receipts.types.js';

/** What is known of a line whose rate is to be traced. */
export interface Traced {
  /** As the rating names it: `catalog:<price version>:<model>`, `override:<id>`, `upstream` or `none`. */
  readonly source: string;
  readonly bucket: string;
  readonly providerType: string | null;
  /** A time the line was used at, UTC epoch ms. */
  readonly at: number;
  /** Absent: the rate is stated in USD. */
  readonly converted?: RatingLine['converted'];
}

const NOWHERE: RateOriginType = {
  ...{ kind: 'NONE', label: 'No rate is known', url: null, asOf: null },
  ...{ priceVersion: null, overrideId: null, by: null, at: null },
};
const STATED: RateOriginType = { ...NOWHERE, kind: 'UPSTREAM', label: 'Stated by the upstream' };
const CATALOG = /^catalog:([^:]+):(.*)$/s;
const OVERRIDE = /^override:(.+)$/;

/** Says of a rate who published or set it, and when. */
@Injectable()
export class OriginsService {
  constructor(
    private readonly prisma: PrismaService,
    private readonly prices: PriceBookService,
  ) {}

  /** Looks up all that the lines name at once. */
  async of(projectId: string, lines: readonly Traced[]): Promise<(line: Traced) => RateOriginType> {
    const sources = [...new Set(lines.map(({ source }) => source))];
    const [versions, overrides] = await Promise.all([this.versionsIn(sources), this.overridesIn(projectId, sources)]);
    return (line) => {
      const [, versionId, model] = CATALOG.exec(line.source) ?? [];
      if (versionId !== undefined && model !== undefined) {
        return fromCatalog(versionId, model, versions.get(versionId) ?? null, line);
      }
      const [, overrideId] = OVERRIDE.exec(line.source) ?? [];
      if (overrideId !== undefined) return inCurrency(overrides(overrideId), line);
      return line.source === 'upstream' ? STATED : NOWHERE;
    };
  }

  private async versionsIn(sources: readonly string[]): Promise<ReadonlyMap<string, PriceVersion>> {
    const ids = new Set(sources.flatMap((source) => CATALOG.exec(source)?.[1] ?? []));
    const found = await Promise.all([...ids].map((id) => this.prices.versionById(id)));
    return new Map(found.flatMap((version) => (version ? [[version.id, version]] : [])));
  }

  private async overridesIn(projectId: string, sources: readonly string[]): Promise<(id: string) => RateOriginType> {
    const ids = sources
      .flatMap((source) => OVERRIDE.exec(source)?.[1] ?? [])
      .filter((id) => uuid.safeParse(id).success);
    const rows = ids.length
      ? await this.prisma.priceOverride.findMany({
          where: { projectId, overrideId: { in: ids } },
          orderBy: [{ knownFrom: 'asc' }, { id: 'asc' }],
        })
      : [];
    const nameOf = await accountNames(this.prisma, rows);
    // The first row of an override is what was set; later ones are what changes left of it.
    const known = new Map(rows.toReversed().map((row) => [row.overrideId, row]));
    return (id) => {
      const row = known.get(id);
      return {
        ...NOWHERE,
        kind: 'OVERRIDE',
        label: row ? `Override for ${row.provider}, ${row.model}` : 'Override',
        overrideId: id,
        by: row ? nameOf(row.createdBy) : null,
        at: row?.knownFrom ?? null,
      };
    };
  }
}

function fromCatalog(versionId: string, model: string, version: PriceVersion | null, line: Traced): RateOriginType {
  const entry = version && entryOf(version, model, line);
  const read = entry && (provenanceOf(entry, line.bucket) ?? entry.provenance);
  return {
    ...NOWHERE,
    kind: 'CATALOG',
    label: `Published rate of ${entry ? `${entry.vendor} ` : ''}${model}`,
    url: read?.url ?? null,
    asOf: read?.asOf ?? null,
    priceVersion: versionId,
  };
}

/** A rate in another currency names it, and what it was worth when the call began. */
function inCurrency(origin: RateOriginType, { converted }: Traced): RateOriginType {
  if (!converted) return origin;
  const { currency, perMillion, usdPerUnit } = converted;
  const worth = usdPerUnit === null ? 'no exchange rate is known' : `1 ${currency} = ${usdPerUnit} USD`;
  return { ...origin, label: `${origin.label}: ${perMillion} ${currency} per million, ${worth}` };
}

function provenanceOf({ addedFrom }: CatalogEntry, bucket: string) {
  return bucket in addedFrom ? addedFrom[bucket as keyof typeof addedFrom] : undefined;
}

/** Vendors may list models of the same name: that of the provider's type, and the entry that held at the time. */
function entryOf({ entries }: PriceVersion, model: string, { providerType, at }: Traced): CatalogEntry | null {
  const named = entries.filter((entry) => entry.model === model);
  const vendors: readonly string[] = (CATALOG_VENDORS as Record<string, readonly string[]>)[providerType ?? ''] ?? [];
  const rank = ({ vendor }: CatalogEntry) => (vendors.includes(vendor) ? vendors.indexOf(vendor) : vendors.length);
  const best = Math.min(...named.map(rank));
  const ofVendor = named.filter((entry) => rank(entry) === best);
  return (
    ofVendor.findLast(({ from, until }) => (from ?? at) <= at && at < (until ?? at + 1)) ?? ofVendor.at(-1) ?? null
  );
}
