import { expect, it } from 'vitest';
import { usageCsv } from './csv-export';

it('has one line for each bucket and group, exact and safe', () => {
  const series = (values: (string | number | null)[]) => [{ key: '=a', label: '=A', values }];
  const csv = usageCsv({
    buckets: ['2026-11-01T00:00:00.000Z', '2026-11-02T00:00:00.000Z'],
    spend: series(['0.000000000123', null]),
    requests: series([1, 2]),
    tokens: series([10, 20]),
    groupBy: 'provider',
    interval: 'day',
  });
  expect(csv.split('\r\n')).toEqual([
    'day_start_utc,provider,provider_label,spend_usd,requests,tokens',
    "2026-11-01T00:00:00.000Z,'=a,'=A,0.000000000123,1,10",
    "2026-11-02T00:00:00.000Z,'=a,'=A,unpriced,2,20",
    '',
  ]);
});
