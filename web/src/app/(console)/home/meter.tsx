import { CircleAlert, CircleCheck, LoaderCircle } from 'lucide-react';
import { RelativeTime } from '@/components/ui/relative-time';
import { Skeleton } from '@/components/ui/skeleton';
import { count, plural } from '@/format';
import type { ResultOf } from '@/graphql/graphql';
import type { Loaded } from '@/graphql/use-data';
import type { METER } from './queries';

type MeterData = ResultOf<typeof METER>['meter'];

/** Calls served, events stored, on their way: three independent counts that must add up. */
export function Meter({ loaded }: { loaded: Loaded<ResultOf<typeof METER>> }) {
  const meter = loaded.data?.meter;
  return (
    <section aria-label="Meter" className="border-y border-line py-4">
      <dl className="grid grid-cols-1 gap-x-10 gap-y-4 sm:grid-cols-[repeat(3,max-content)_1fr]">
        <Reading label="Calls served" value={meter?.served} />
        <Reading label="Events stored" value={meter?.stored} />
        <Reading label="On their way" value={meter?.onTheirWay} />
        <div className="sm:justify-self-end sm:text-right">
          <dt className="text-table text-ink-3">Agreement</dt>
          <dd className="mt-1 min-h-7">
            <Agreement meter={meter} unreachable={loaded.problem !== null} />
          </dd>
        </div>
      </dl>
      <p className="mt-3 min-h-4 text-caption text-ink-3">{meter && <Proxies meter={meter} />}</p>
    </section>
  );
}

function Reading({ label, value }: { label: string; value: number | undefined }) {
  return (
    <div className="min-w-28">
      <dt className="text-table text-ink-3">{label}</dt>
      <dd className="figures mt-1 flex h-7 items-center text-title font-semibold tracking-[-0.01em]">
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
  if (!meter) return <Skeleton className="mt-1 h-4 w-40 sm:ml-auto" />;
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

function Proxies({ meter }: { meter: MeterData }) {
  const inFlight = meter.proxies.reduce((sum, proxy) => sum + proxy.inFlight, 0);
  const current = meter.proxies.filter((proxy) => proxy.current).length;
  const state =
    meter.proxies.length === 0
      ? 'No proxy reports to the control plane'
      : current === meter.proxies.length
        ? `${plural(meter.proxies.length, 'proxy process', 'proxy processes')} on the current configuration`
        : `${current} of ${plural(meter.proxies.length, 'proxy process', 'proxy processes')} on the current configuration`;
  return (
    <>
      {state}, <span className="figures">{plural(inFlight, 'call')}</span> in flight. Read{' '}
      <RelativeTime at={meter.asOf} />.
    </>
  );
}
