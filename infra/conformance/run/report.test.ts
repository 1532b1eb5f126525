import { expect, it } from 'vitest';
import { caseFile } from '../case/index.js';
import type { Verdict } from '../judge/judge-case.js';
import { report, tally } from './report.js';

const verdict = (id: string, given: Verdict['verdict'], why: string | null = null): Verdict => ({
  case: {
    ...caseFile.parse({
      title: `What must be true of ${id} | here`,
      failures: [],
      citations: ['https://example.org/thread'],
      providers: [{ type: 'openai' }],
      calls: [{ request: { path: 'v1/models' }, expect: {} }],
    }),
    id,
  },
  verdict: given,
  why,
  checks: given === 'fail' ? [{ what: 'output', expected: '3', got: '4', isRight: false }] : [],
});

const columns = [
  {
    gateway: 'One 1.0',
    verdicts: [verdict('cache/a', 'pass'), verdict('cache/b', 'fail'), verdict('stream/c', 'pass')],
  },
  {
    gateway: 'Two 2.0',
    verdicts: [verdict('cache/a', 'fail'), verdict('cache/b', 'n/a', 'no such API'), verdict('stream/c', 'pass')],
  },
];

it('counts what passed, failed and could not be asked', () => {
  expect(columns.map(tally)).toEqual([
    'One 1.0: 2 passed, 1 failed, 0 not applicable, of 3',
    'Two 2.0: 1 passed, 1 failed, 1 not applicable, of 3',
  ]);
});

it('shows every case by gateway, sums by topic, and says what was wrong or why it was not asked', () => {
  const text = report(columns);
  expect(text).toContain('| cache/b | What must be true of cache/b \\| here | fail | n/a |');
  expect(text).toContain('| cache | 1 of 2 | 0 of 1 |');
  expect(text).toContain('| stream | 1 of 1 | 1 of 1 |');
  expect(text).toContain('### cache/b\n\nhttps://example.org/thread\n\n- output: expected 3, got 4');
  expect(text).toContain('- cache/b: no such API');
});
