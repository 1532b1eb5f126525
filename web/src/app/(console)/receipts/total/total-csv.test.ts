import { expect, test } from 'vitest';
import { totalCsv } from './total-csv';
import type { TotalLine } from './total-lines';

const line: TotalLine = {
  ...{ provider: 'openai', model: 'gpt-4o', bucket: 'input', quantity: 12, usdPerMillion: '2.5', amount: '0.00003' },
  ...{ rule: null, calls: 2, unpricedReason: null },
  origin: {
    ...{ kind: 'CATALOG', label: 'OpenAI pricing', url: 'https://example.com/p', asOf: '2026-11-12' },
    ...{ priceVersion: 'pv-1', overrideId: null, by: null, at: null },
  },
};

test('every line is a row with all its digits, and what is not listed is one too', () => {
  const unpriced = { ...line, model: '=cmd()', usdPerMillion: null, amount: null, unpricedReason: 'model_unknown' };
  const csv = totalCsv({ lines: [line], unpriced: [unpriced], rest: { lines: 3, amount: '1.5' } });
  expect(csv.split('\r\n').slice(1)).toEqual([
    'openai,gpt-4o,input,12,2.5,0.00003,,OpenAI pricing,2026-11-12,https://example.com/p,pv-1,2,',
    "openai,'=cmd(),input,12,unknown,unpriced,,OpenAI pricing,2026-11-12,https://example.com/p,pv-1,2,model_unknown",
    ',,not listed,,,1.5,,,,,,,',
    '',
  ]);
});
