import { expect, test } from 'vitest';
import { type Measured, withP95 } from './measure.js';
import { questionsAt } from './questions.js';
import { reportText, type UsageResults } from './report.js';

const QUESTIONS = questionsAt(Date.UTC(2026, 10, 20, 12)).filter(({ chart }) => chart === 'totals');
const measured = (ms: number): Measured[] =>
  QUESTIONS.map((question) => ({
    question,
    ...{ samplesMs: [ms, ms, ms], spread: withP95([ms, ms, ms]), cost: { rowsRead: 1_234, cpuMs: 5 }, refusal: null },
  }));
const RESULTS: UsageResults = {
  machine: { cpu: 'a chip', cores: 2, memoryGib: 8, kernel: '6', node: 'v24', loadAverage: '0' },
  ...{ events: 1_000, days: 400, rounds: 3, seedSeconds: null, arrivals: null, pageLoadsMs: [] },
  measured: measured(240),
  tenth: measured(200),
};

test('no two questions are the same, and each says its chart, range and variant', () => {
  const all = questionsAt(Date.now());
  const names = all.map(({ chart, range, variant }) => `${chart}, ${range}, ${variant}`);
  expect(new Set(names).size).toBe(names.length);
});

test('a report tells how far each chart is from its goals', () => {
  const text = reportText(RESULTS);
  expect(text).toContain(`0 of ${QUESTIONS.length} questions have a p95 above 300 ms`);
  expect(text).toContain('10x the events: 1.20x the time');
  expect(text).toContain('1,234 / 1,234');
  expect(reportText({ ...RESULTS, measured: measured(301) })).toContain(`${QUESTIONS.length} of ${QUESTIONS.length}`);
});

test('what was refused counts as no answer and is named', () => {
  const [first, ...others] = measured(100) as [Measured, ...Measured[]];
  const refused: Measured = { ...first, samplesMs: [], spread: withP95([]), cost: null, refusal: 'too much' };
  const text = reportText({ ...RESULTS, measured: [refused, ...others] });
  expect(text).toContain('Refused: totals, 24 h, no filter: too much');
  expect(text).toContain(`0 of ${others.length} questions`);
});

test('the 95th percentile is the value that 95 in 100 samples do not exceed', () => {
  expect(withP95(Array.from({ length: 100 }, (_, index) => 100 - index)).p95).toBe(95);
  expect(withP95([7]).p95).toBe(7);
});
