import { ALTERATIONS, BUCKETS, METERS, OVERRIDABLE_BUCKETS } from '@weir/contracts';
import { LINE_RULES, RATING_REASONS, RATING_STATUSES } from '@weir/pricing';
import { expect, test } from 'vitest';

/** The console imports no server code, so nothing but this holds its words to the codes they are for. */
async function wordsOf<Words>(file: string): Promise<Words> {
  return await import(new URL(`../../web/src/app/(console)/${file}`, import.meta.url).href);
}

interface ReceiptWords {
  ruleText(line: { rule: string; bucket: string }): string | null;
  reasonText(reason: string): string | null;
  statusText(status: string): string;
  meterText(meter: string): string;
  partOf(meter: string): string | null;
  abortText(ending: { outcome: string; abortAction: string; usageSource: string }): string | null;
}
const receipts = await wordsOf<ReceiptWords>('receipts/wording.ts');
const buckets = await wordsOf<{
  asWords(name: string): string;
  bucketLabel(bucket: string): string;
  ALL_BUCKETS: readonly string[];
}>('providers/models/buckets.ts');
const calls = await wordsOf<{ alterationText(alteration: string): string }>('providers/calls/wording.ts');

/** What a screen shows of a code that it has no words for. */
const bare = (code: string) => `${buckets.asWords(code)}.`;

test.each([...LINE_RULES])('the rule %s has a sentence of its own', (rule) => {
  expect(receipts.ruleText({ rule, bucket: 'cached_audio_input' })).not.toBe(bare(rule));
});

test.each([...RATING_REASONS])('the reason %s has a sentence of its own', (reason) => {
  expect(receipts.reasonText(reason)).not.toBe(bare(reason));
});

test.each([...RATING_STATUSES])('the status %s has a sentence of its own', (status) => {
  expect(receipts.statusText(status)).toMatch(/\.$/);
});

test.each([...ALTERATIONS])('the alteration %s has words of its own', (alteration) => {
  expect(calls.alterationText(alteration)).not.toBe(alteration);
});

test.each([...METERS])('the meter %s has a name', (meter) => {
  expect(receipts.meterText(meter)).toMatch(/^[A-Z][a-z ]+(\([a-z0-9A-Z ]+\))?$/);
});

test.each([...BUCKETS, 'reasoning', 'tool_use_input', 'stated_cost', 'other:codeRuns'])(
  'the bucket %s has a name without code in it',
  (bucket) => {
    expect(buckets.bucketLabel(bucket)).toMatch(/^[A-Z][a-z ]+(\([a-z0-9A-Z ]+\))?$/);
  },
);

test('a price can be typed for every bucket that may have one', () => {
  expect([...buckets.ALL_BUCKETS].sort()).toEqual([...OVERRIDABLE_BUCKETS].sort());
});
