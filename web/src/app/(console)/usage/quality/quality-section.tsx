'use client';
import { useRouter } from 'next/navigation';
import { LineChart } from '@/components/charts/line-chart';
import { Section } from '@/components/ui/section';
import { barHref } from '../calls/bar-href';
import { useFigures } from '../live/use-figures';
import { describeRange } from '../range';
import { Method } from '../sections/method';
import { Quiet } from '../sections/quiet';
import { spanInput, type UsageState } from '../state/use-usage-state';
import { SectionProblem } from '../states/section-problem';
import { MEASURES, rateSeries } from './measures';
import { QUALITY } from './queries';

/** How well calls went and what they cost apiece. */
export function QualitySection({ state }: { state: UsageState }) {
  const { range, filter, zone, params, setParams } = state;
  const router = useRouter();
  const { data, problem, stale, refetch } = useFigures(QUALITY, {
    ...{ range: spanInput(range), interval: range.interval, filter, timeZone: zone.name },
  });
  const quality = data?.usageQuality;
  return (
    <Section
      title="Quality"
      description={<Quiet>{describeRange(range, zone.name)}</Quiet>}
      actions={quality && <Method text={quality.accuracy} of="a percentile" />}
    >
      {problem && !quality ? (
        <SectionProblem title="The quality could not be loaded" problem={problem} state={state} onRetry={refetch} />
      ) : (
        <div className="grid grid-cols-1 gap-x-12 gap-y-8 lg:grid-cols-2 2xl:grid-cols-3">
          {MEASURES.map((measure) => (
            <div key={measure.title} className="min-w-0">
              <h3 className="font-medium">{measure.title}</h3>
              <p className="mb-2 text-caption text-ink-3">{measure.about}</p>
              <LineChart
                label={`${measure.title} over time`}
                subtitle={undefined}
                buckets={quality?.buckets}
                interval={range.interval}
                timeZone={zone.name}
                range={spanInput(range)}
                series={quality ? rateSeries(measure, quality.points, quality.whole) : []}
                unit={measure.unit}
                stale={stale}
                height={168}
                view={params.view}
                onViewChange={(view) => void setParams({ view }, { history: 'replace' })}
                onOpen={({ bucketFrom, bucketTo }) => {
                  const span = { from: new Date(bucketFrom), to: new Date(bucketTo) };
                  router.push(barHref(span, state.narrowed, params.deleted, null));
                }}
              />
            </div>
          ))}
        </div>
      )}
    </Section>
  );
}
