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

it('leaves out what is not split by the grouping', () => {
  const one = [{ key: 'input', label: 'Input', values: ['1.5'] }];
  const shown = { buckets: ['2026-11-01T00:00:00.000Z'], spend: one, requests: null, tokens: one };
  expect(usageCsv({ ...shown, groupBy: 'token_type', interval: 'day' }).split('\r\n')[0]).toBe(
    'day_start_utc,token_type,token_type_label,spend_usd,tokens',
  );
});
