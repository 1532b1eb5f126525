import { expect, test } from 'vitest';
import type { Line } from './receipt';
import { receiptText, standingText } from './receipt-text';

const ORIGIN = {
  ...{ kind: 'CATALOG' as const, label: 'OpenAI', url: null, asOf: '2026-11-12' },
  ...{ priceVersion: 'pv-1', overrideId: null, by: null, at: null },
};
const input: Line = {
  ...{ bucket: 'input', quantity: 12_345, usdPerMillion: '2.5', amount: '0.0308625', rule: null, origin: ORIGIN },
};
const cached: Line = { ...input, bucket: 'cached_input', quantity: 7, amount: '0.0000175', rule: 'at_input_rate' };

test('a receipt as text has every digit, aligned, with its source and rule', () => {
  const text = receiptText({
    title: 'Receipt of a call',
    head: [
      ['Model', 'gpt-4o'],
      ['User', null],
    ],
    groups: [{ key: 'call', title: null, lines: [input, cached] }],
    total: '0.03088',
  });
  expect(text).toBe(
    [
      'Receipt of a call',
      '',
      'Model: gpt-4o',
      '',
      'Input         12,345 x $2.50 / 1M = $0.0308625',
      '    OpenAI, as of 12 Nov 2026',
      'Cached input       7 x $2.50 / 1M = $0.0000175',
      '    OpenAI, as of 12 Nov 2026. No cache rate is published: billed at the input rate.',
      'Total: $0.03088',
      '',
    ].join('\n'),
  );
});

test('what is unknown reads as unknown, and what is not listed is said', () => {
  const text = receiptText({
    title: 'Spend',
    head: [['Range', 'today']],
    groups: [
      { key: 'a', title: { model: 'm', provider: 'p' }, lines: [{ ...input, usdPerMillion: null, amount: null }] },
    ],
    total: null,
    rest: { lines: 1200, amount: '3.5' },
  });
  expect(text).toContain('m on p\n');
  expect(text).toContain('12,345 x unknown / 1M = unknown');
  expect(text).toContain('1,200 more lines, not listed: $3.50');
  expect(text).toContain('Total: unpriced');
  expect(standingText('unpriced', 'model_unknown')).toMatch(/^The cost is unknown, .* The catalog does not know/);
});
