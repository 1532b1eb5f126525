import { describe, expect, it } from 'vitest';
import { type Bars, barsModel } from './bars-model';
import { inWords, oneInWords } from './readout-model';

const DAYS = ['2026-11-19T00:00:00.000Z', '2026-11-20T00:00:00.000Z', '2026-11-21T00:00:00.000Z'];
const BARS: Bars = {
  buckets: DAYS,
  interval: 'day',
  timeZone: 'UTC',
  range: { from: '2026-11-19T06:00:00.000Z', to: '2026-11-21T14:20:00.000Z' },
  series: [
    { key: 'a', label: 'openai', values: ['1.000000000001', '0', '2'] },
    { key: 'b', label: 'anthropic', values: ['3', '0', null] },
  ],
  hidden: new Set(),
  looks: new Map(),
  unit: 'usd',
};
const MAYBE = { low: '4', expected: '5', high: '9' };
const forecast = {
  buckets: [
    { bucket: DAYS[2] as string, ...MAYBE },
    { bucket: '2026-11-22T00:00:00.000Z', low: '1', expected: '2', high: '30' },
  ],
};
const previous = {
  label: '16 to 18 Nov 2026',
  buckets: ['2026-11-16T00:00:00.000Z', '2026-11-17T00:00:00.000Z', '2026-11-18T00:00:00.000Z'],
  series: [{ key: 'a', label: 'openai', values: ['3.5', '0', '1'] }],
};

describe('what a bucket reads', () => {
  it('is every digit of every series and of their sum', () => {
    expect(inWords(barsModel(BARS).readoutAt(0))).toBe(
      '19 Nov 2026 UTC: total $4.000000000001. openai $1.000000000001, anthropic $3.00. Only from: 19 Nov 2026, 06:00 UTC',
    );
  });

  it('says unknown as such and how far a bucket goes that is under way', () => {
    expect(inWords(barsModel(BARS).readoutAt(2))).toBe(
      '21 Nov 2026 UTC: total $2.00. openai $2.00, anthropic unpriced. Only until: 21 Nov 2026, 14:20 UTC',
    );
  });

  it('compares with the bucket in the same place of the period before, exactly', () => {
    const { lines } = barsModel({ ...BARS, previous }).readoutAt(0);
    expect(lines[0]).toEqual({ label: 'Before, 16 Nov', text: '$3.50, now +$0.500000000001 (+14.3 %)' });
  });

  it('ahead of the figures is only what is expected', () => {
    const model = barsModel({ ...BARS, forecast, previous });
    expect(model.buckets).toHaveLength(4);
    expect(model.known).toBe(3);
    expect(inWords(model.readoutAt(3))).toBe('22 Nov 2026 UTC: Expected: $2.00. Likely: $1.00 to $30.00');
  });

  it('names what is unusual', () => {
    const anomalies = [{ bucket: DAYS[1] as string, text: 'nothing at all' }];
    expect(inWords(barsModel({ ...BARS, anomalies }).readoutAt(1))).toContain('Unusual: nothing at all');
  });

  it('has a total of one series too', () => {
    const one = barsModel({ ...BARS, series: [{ key: 'a', label: 'openai', values: ['1', '0', '2'] }] });
    expect(inWords(one.readoutAt(1))).toBe('20 Nov 2026 UTC: total $0.00. openai $0.00');
  });

  it('is one series at a time where that was asked', () => {
    const readout = barsModel(BARS).readoutAt(0);
    expect(oneInWords(readout, 'b')).toBe('anthropic: $3.00');
    expect(oneInWords(readout, null)).toBe('Total: $4.000000000001');
  });
});

describe('the scale', () => {
  it('reaches over bars, the period before and what may come', () => {
    expect(barsModel(BARS).ticks.at(-1)).toBe(4);
    expect(barsModel({ ...BARS, forecast }).ticks.at(-1)).toBe(30);
  });

  it('stays while figures grow within its step', () => {
    const upTo = (highest: string) =>
      barsModel({ ...BARS, series: [{ key: 'a', label: 'openai', values: [highest] }] });
    expect(upTo('3.2').ticks).toEqual(upTo('3.95').ticks);
    expect(upTo('4.2').ticks).not.toEqual(upTo('3.95').ticks);
  });

  it('knows only the series on show, and forecasts only all of them', () => {
    const model = barsModel({ ...BARS, forecast, hidden: new Set(['b']) });
    expect(model.ticks.at(-1)).toBe(2);
    expect(model.forecast).toBeNull();
    expect(model.buckets).toEqual(DAYS);
  });
});

describe('a place in the drawing', () => {
  it('belongs to the piece of the bar that is there', () => {
    const model = barsModel(BARS);
    const frame = model.frameFor(600, 200);
    const y = (value: number) => frame.bottom - (value / 4) * (frame.bottom - frame.top);
    expect(model.seriesAt(0, y(0.5), frame)).toBe('a');
    expect(model.seriesAt(0, y(2), frame)).toBe('b');
    expect(model.seriesAt(1, y(0.5), frame)).toBeNull();
    expect(model.seriesAt(2, y(3), frame)).toBeNull();
  });

  it('stands for its instants, cut to what was asked for', () => {
    const { spanOf } = barsModel(BARS);
    expect(spanOf(0)).toEqual({ from: '2026-11-19T06:00:00.000Z', to: DAYS[1] });
    expect(spanOf(1)).toEqual({ from: DAYS[1], to: DAYS[2] });
    expect(spanOf(2)).toEqual({ from: DAYS[2], to: '2026-11-21T14:20:00.000Z' });
  });
});
