import { describe, expect, test } from 'vitest';
import type { Origin } from './receipt';
import { abortText, meterText, originText, rateNote, reasonText, ruleText } from './wording';

const CATALOG: Origin = {
  ...{ kind: 'CATALOG', label: 'OpenAI API pricing', url: null, asOf: '2026-11-12' },
  ...{ priceVersion: 'pv-1', overrideId: null, by: null, at: null },
};
const OVERRIDE: Origin = {
  ...{ ...CATALOG, kind: 'OVERRIDE', overrideId: 'o-1' },
  ...{ by: 'ada@example.com', at: '2026-11-20T08:00:00Z' },
};

describe('the rule of a line', () => {
  test('says which rate stands in for the one that is missing, and why', () => {
    expect(ruleText({ bucket: 'cached_input', rule: 'at_input_rate' })).toBe(
      'No cache rate is published: billed at the input rate.',
    );
    expect(ruleText({ bucket: 'reasoning', rule: 'at_output_rate' })).toBe('Reasoning is billed as output.');
    expect(ruleText({ bucket: 'output', rule: null })).toBeNull();
  });

  test('that is newer than this console is still readable', () => {
    expect(ruleText({ bucket: 'output', rule: 'at_batch_rate' })).toBe('At batch rate.');
    expect(ruleText({ bucket: 'other:codeRuns', rule: 'at_input_rate' })).toBe(
      'Code runs has no rate of its own: billed at the input rate.',
    );
  });

  test('stands under the rate in two words, and an override always does', () => {
    expect(rateNote({ rule: 'at_input_rate', origin: CATALOG })).toBe('input rate');
    expect(rateNote({ rule: null, origin: CATALOG })).toBeNull();
    expect(rateNote({ rule: 'at_output_rate', origin: OVERRIDE })).toBe('override, output rate');
  });
});

test('a rate is told by its source and date, or by who set it and when', () => {
  expect(originText(CATALOG)).toBe('OpenAI API pricing, as of 12 Nov 2026');
  expect(originText(OVERRIDE)).toBe('override, by ada@example.com, 20 Nov 2026, 08:00:00 UTC');
});

describe('an app that hung up', () => {
  const ending = (abortAction: string | null, usageSource: string) =>
    abortText({ outcome: 'client_closed', abortAction, usageSource });

  test('says what became of the upstream, and where the counts are from', () => {
    expect(ending('cancelled', 'none')).toBe(
      'The app hung up, and the request to the upstream was cancelled at once. What it used is unknown.',
    );
    expect(ending('drained', 'reported')).toContain('read to its end all the same. The counts are the upstream’s own.');
    expect(ending('drain_cut', 'estimated')).toContain('cut at the bound this provider sets.');
    expect(ending(null, 'partial')).toContain('The app hung up before the answer was complete.');
  });

  test('is not said of one that stayed', () => {
    expect(abortText({ outcome: 'completed', abortAction: null, usageSource: 'reported' })).toBeNull();
  });
});

test('a code this console does not know reads as words', () => {
  expect(reasonText('currency_unknown')).toBe('Currency unknown.');
  expect(meterText('videoSeconds')).toBe('Video seconds');
  expect(reasonText(null)).toBeNull();
});
