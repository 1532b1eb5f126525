import { CircleAlert, CircleCheck, LoaderCircle } from 'lucide-react';
import { cn } from '@/components/ui/cn';
import { RelativeTime } from '@/components/ui/relative-time';
import { Skeleton } from '@/components/ui/skeleton';
import { count, plural } from '@/format';
import type { ResultOf } from '@/graphql/graphql';
import type { Loaded } from '@/graphql/use-data';
import type { METER } from './queries';

type MeterData = ResultOf<typeof METER>['meter'];

/** Calls served, events stored, on their way: counted independently, written as the sum that must come out. */
export function Meter({ loaded }: { loaded: Loaded<ResultOf<typeof METER>> }) {
  const meter = loaded.data?.meter;
  return (
    <section aria-label="Meter" className="border-y border-line py-4">
      <dl className="flex flex-wrap gap-x-9 gap-y-4 sm:gap-x-14">
        <Reading label="Calls served" value={meter?.served} />
        <Reading label="Events stored" value={meter?.stored} operator={meter && !meter.agree ? '≠' : '='} />
        {meter && meter.quarantined > 0 && <Reading label="Set aside" value={meter.quarantined} operator="+" />}
        <Reading label="On their way" value={meter?.onTheirWay} operator="+" />
        <div className="sm:border-l sm:border-line sm:pl-8">
          <dt className="text-table text-ink-3">Agreement</dt>
          <dd className="mt-1 flex min-h-7 items-center">
            <Agreement meter={meter} unreachable={loaded.problem !== null} />
          </dd>
        </div>
      </dl>
      <p className="mt-3 min-h-8 text-caption sm:min-h-4 text-ink-3">{meter && <Proxies meter={meter} />}</p>
    </section>
  );
}

interface ReadingProps {
  label: string;
  value: number | undefined;
  /** Joins it to the reading before. */
  operator?: '=' | '≠' | '+';
}

function Reading({ label, value, operator }: ReadingProps) {
  return (
    <div className="relative min-w-18 sm:min-w-24">
      <dt className="text-table whitespace-nowrap text-ink-3">{label}</dt>
      <dd className="figures mt-1 flex h-7 items-center text-title font-semibold tracking-[-0.01em]">
        {operator && (
          <span
            aria-hidden
            className={cn('absolute -left-6 font-normal sm:-left-9', operator === '≠' ? 'text-amber' : 'text-ink-3')}
          >
            {operator}
          </span>
        )}
        {value === undefined ? <Skeleton className="h-5 w-20" /> : count(value)}
      </dd>
    </div>
  );
}

function Agreement({ meter, unreachable }: { meter: MeterData | undefined; unreachable: boolean }) {
  if (unreachable) {
    return (
      <span className="inline-flex items-center gap-1.5 text-amber">
        <CircleAlert aria-hidden className="size-4" />
        {meter ? 'No new reading' : 'No reading'}
      </span>
    );
  }
  if (!meter) return <Skeleton className="h-4 w-32" />;
  const apart = meter.served - meter.stored - meter.quarantined - meter.onTheirWay;
  if (!meter.agree) {
    return (
      <span className="inline-flex items-center gap-1.5 text-amber">
        <CircleAlert aria-hidden className="size-4" />
        {apart === 0 ? 'The counts do not agree' : `The counts are ${plural(Math.abs(apart), 'event')} apart`}
      </span>
    );
  }
  if (meter.onTheirWay > 0) {
    return (
      <span className="inline-flex items-center gap-1.5 text-ink-2">
        <LoaderCircle aria-hidden className="size-4 text-ink-3" />
        Agree, {count(meter.onTheirWay)} being stored
      </span>
    );
  }
  return (
    <span className="inline-flex items-center gap-1.5">
      <CircleCheck aria-hidden className="size-4 text-green" />
      All three agree
    </span>
  );
}

function Proxies({ meter: { proxies, asOf } }: { meter: MeterData }) {
  const read = (
    <>
      Read <RelativeTime at={asOf} />.
    </>
  );
  if (proxies.length === 0) return <>No proxy reports to the control plane. {read}</>;
  const inFlight = proxies.reduce((sum, proxy) => sum + proxy.inFlight, 0);
  const current = proxies.filter((proxy) => proxy.current).length;
  const all = plural(proxies.length, 'proxy process', 'proxy processes');
  return (
    <>
      {current === proxies.length ? all : `${current} of ${all}`} on the current configuration,{' '}
      <span className="figures">{plural(inFlight, 'call')}</span> in flight. {read}
    </>
  );
}
