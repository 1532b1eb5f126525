import { resourceFromAttributes } from '@opentelemetry/resources';
import {
  AggregationTemporality,
  type HistogramMetricData,
  MeterProvider,
  MetricReader,
} from '@opentelemetry/sdk-metrics';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { OwnMeter } from './meter.js';

const BOUNDS = [0.5, 1, 10, 1_000];
const ABOUT = { name: 'm', unit: 's', description: 'd', bounds: BOUNDS };

class Reader extends MetricReader {
  protected async onForceFlush(): Promise<void> {}
  protected async onShutdown(): Promise<void> {}
}

const meterOf = (temporality: AggregationTemporality) =>
  new OwnMeter(resourceFromAttributes({}), { name: 'weir', version: '1' }, temporality);
const dataOf = async (producer: Pick<OwnMeter, 'collect'>) => {
  const { resourceMetrics } = await producer.collect();
  return (resourceMetrics.scopeMetrics[0]?.metrics ?? []) as HistogramMetricData[];
};
const plain = (metrics: HistogramMetricData[]) =>
  metrics.map(({ descriptor, aggregationTemporality, dataPointType, dataPoints }) => ({
    ...{ name: descriptor.name, unit: descriptor.unit, aggregationTemporality, dataPointType },
    points: dataPoints.map(({ attributes, value }) => ({ attributes, ...value })),
  }));

it('values are summed as the SDK sums them', async () => {
  const value = fc.oneof(fc.constantFrom(0, ...BOUNDS), fc.double({ min: 0, max: 5_000, noNaN: true }));
  await fc.assert(
    fc.asyncProperty(fc.array(fc.tuple(value, fc.constantFrom('a', 'b')), { minLength: 1 }), async (values) => {
      const ours = meterOf(AggregationTemporality.CUMULATIVE);
      const histogram = ours.histogram(ABOUT);
      const reader = new Reader();
      const theirs = new MeterProvider({ readers: [reader] })
        .getMeter('weir')
        .createHistogram('m', { unit: 's', advice: { explicitBucketBoundaries: BOUNDS } });
      for (const [each, model] of values) {
        histogram.series({ model, port: 1 }).record(each);
        theirs.record(each, { port: 1, model });
      }
      expect(plain(await dataOf(ours))).toEqual(plain(await dataOf(reader)));
    }),
    { numRuns: 50 },
  );
});

it('sums go on from the start, or begin anew with each collection, as the exporter wants it', async () => {
  for (const [temporality, counts] of [
    [AggregationTemporality.CUMULATIVE, [2, 3, 3]],
    [AggregationTemporality.DELTA, [2, 1, undefined]],
  ] as const) {
    const meter = meterOf(temporality);
    const series = meter.histogram(ABOUT).series({});
    const told: unknown[] = [];
    for (const values of [[1, 2], [3], []]) {
      for (const value of values) series.record(value);
      told.push((await dataOf(meter))[0]?.dataPoints[0]?.value.count);
    }
    expect(told).toEqual(counts);
  }
});

it('what makes up values makes no more than 1,000 series of a metric; the rest is summed as one', async () => {
  const meter = meterOf(AggregationTemporality.CUMULATIVE);
  const histogram = meter.histogram(ABOUT);
  for (let n = 0; n < 1_500; n++) histogram.series({ n }).record(n);
  const [metric] = await dataOf(meter);
  expect(metric?.dataPoints.length).toBe(1_000);
  const rest = metric?.dataPoints.find(({ attributes }) => attributes['otel.metric.overflow'] === true);
  expect(rest?.value.count).toBe(501);
});
