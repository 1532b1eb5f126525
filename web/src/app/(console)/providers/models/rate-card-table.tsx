import { ExternalLink } from 'lucide-react';
import { cn } from '@/components/ui/cn';
import { Skeleton } from '@/components/ui/skeleton';
import { day, usd, usdExact } from '@/format';
import type { ResultOf } from '@/graphql/graphql';
import { BUCKETS, bucketLabel, FURTHER_BUCKETS, isByPiece } from './buckets';
import { fieldRate } from './override-draft';
import type { RATE_CARD } from './queries';

type Card = ResultOf<typeof RATE_CARD>['rateCard'];
type CardBucket = Card['buckets'][number];

const HEAD = 'h-8 px-3 text-caption font-normal whitespace-nowrap text-ink-3 first:pl-0 last:pr-0';
const CELL = 'h-9 border-t border-line px-3 py-1.5 first:pl-0 last:pr-0';

/** The buckets in rate-card order: the catalog's rate, the one that stands in for it, and where each comes from. */
export function RateCardTable({ card }: { card: Card | undefined }) {
  return (
    // Reachable by keyboard, since it scrolls on a phone.
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard.
    <section aria-label="Rate card, scrolls" tabIndex={0} className="focus-inside relative overflow-x-auto">
      <table aria-label="Rate card" aria-busy={card === undefined} className="w-full min-w-[520px] text-table">
        <thead>
          <tr>
            <th scope="col" className={cn(HEAD, 'text-left')}>
              Bucket
            </th>
            <th scope="col" className={cn(HEAD, 'text-right')}>
              Catalog
            </th>
            <th scope="col" className={cn(HEAD, 'text-right')}>
              Override
            </th>
            <th scope="col" className={cn(HEAD, 'text-right')}>
              In force
            </th>
            <th scope="col" className={cn(HEAD, 'text-left')}>
              Source of the catalog rate
            </th>
          </tr>
        </thead>
        <tbody>
          {[...BUCKETS, ...FURTHER_BUCKETS.filter((bucket) => isPriced(bucket, card))].map((bucket) => (
            <Row key={bucket} bucket={bucket} card={card} />
          ))}
        </tbody>
      </table>
    </section>
  );
}

function Row({ bucket, card }: { bucket: string; card: Card | undefined }) {
  const entry = card?.buckets.find((candidate) => candidate.bucket === bucket);
  return (
    <tr>
      <th scope="row" className={cn(CELL, 'text-left font-normal whitespace-nowrap')}>
        {bucketLabel(bucket)}
        {isByPiece(bucket) && <span className="text-ink-3"> per 1,000</span>}
      </th>
      {entry ? (
        <>
          <td className={cn(CELL, 'figures text-right', entry.overrideUsdPerMillion !== null && 'text-ink-3')}>
            <Rate bucket={bucket} rate={entry.catalogUsdPerMillion} absent="unpriced" />
          </td>
          <td className={cn(CELL, 'figures text-right text-accent')}>
            <OverrideRate entry={entry} />
          </td>
          <td className={cn(CELL, 'figures text-right font-medium')}>
            <Rate bucket={bucket} rate={entry.effectiveUsdPerMillion} absent="unpriced" />
            {isBorrowed(entry) && (
              <span className="block text-caption font-normal whitespace-nowrap text-ink-3">at the input rate</span>
            )}
          </td>
          <td className={cn(CELL, 'text-ink-2')}>
            <Source entry={entry} />
          </td>
        </>
      ) : (
        <td colSpan={4} className={CELL}>
          <Skeleton className="w-full" />
        </td>
      )}
    </tr>
  );
}

/** Most models bill nothing but tokens of text: the others stand there where somebody names a rate. */
function isPriced(bucket: string, card: Card | undefined): boolean {
  const entry = card?.buckets.find((candidate) => candidate.bucket === bucket);
  return entry !== undefined && (entry.catalogUsdPerMillion !== null || entry.overridePerMillion !== null);
}

/** As it was agreed on; what it is in dollars now stands under it where that is another currency. */
function OverrideRate({ entry }: { entry: CardBucket }) {
  const { bucket, overridePerMillion, overrideUsdPerMillion, overrideCurrency } = entry;
  if (overridePerMillion === null || overrideCurrency === null || overrideCurrency === 'USD') {
    return <Rate bucket={bucket} rate={overrideUsdPerMillion} absent="–" />;
  }
  return (
    <>
      {overrideCurrency} {usdExact(fieldRate(bucket, overridePerMillion)).slice(1)}
      <span className="block text-caption whitespace-nowrap text-ink-3">
        <Rate bucket={bucket} rate={overrideUsdPerMillion} absent="no exchange rate" />
      </span>
    </>
  );
}

/** Neither the catalog nor an override names a rate: what is cached bills as fresh input. */
function isBorrowed({ catalogUsdPerMillion, overridePerMillion, effectiveUsdPerMillion }: CardBucket): boolean {
  return catalogUsdPerMillion === null && overridePerMillion === null && effectiveUsdPerMillion !== null;
}

function Rate({ bucket, rate, absent }: { bucket: string; rate: string | null; absent: string }) {
  if (rate === null) return <span className="font-normal text-ink-3">{absent}</span>;
  const isFree = /^0(\.0*)?$/.test(rate);
  const shown = fieldRate(bucket, rate);
  const unit = isByPiece(bucket) ? '1,000' : '1M tokens';
  return <span title={`${usdExact(shown)} per ${unit}`}>{isFree ? 'free' : usd(shown)}</span>;
}

function Source({ entry }: { entry: CardBucket }) {
  if (entry.source === null) return <span className="text-ink-3">–</span>;
  return (
    <span className="flex flex-wrap items-baseline gap-x-2 whitespace-nowrap">
      {entry.sourceUrl ? (
        <a
          href={entry.sourceUrl}
          target="_blank"
          rel="noreferrer"
          className="inline-flex items-center gap-1 text-accent hover:underline"
        >
          {entry.source}
          <ExternalLink aria-hidden className="size-3.5" />
          <span className="sr-only">(opens in a new tab)</span>
        </a>
      ) : (
        entry.source
      )}
      {entry.asOf && <span className="figures text-caption text-ink-3">as of {day(entry.asOf)}</span>}
    </span>
  );
}
