import { DETECTORS } from '@weir/transcripts';
import { expect, test } from 'vitest';
import { REDACTION_DETECTORS } from './detectors.js';
import { patternProblems } from './patterns.js';

const fine = { name: 'customer', pattern: 'C-[0-9]{6}' };

test('patterns that can be used are not complained about', () => {
  expect(patternProblems([])).toEqual([]);
  expect(patternProblems([fine, { name: 'ticket_2', pattern: '(?i)\\bticket [0-9]+\\b' }])).toEqual([]);
});

test.each([
  ['pattern', 'PATTERN_INVALID', { name: 'open', pattern: '(a' }],
  ['pattern', 'PATTERN_INVALID', { name: 'look', pattern: 'a(?=b)' }],
  ['pattern', 'PATTERN_INVALID', { name: 'back', pattern: '(a)\\1' }],
  ['pattern', 'PATTERN_INVALID', { name: 'empty', pattern: '' }],
  ['pattern', 'PATTERN_INVALID', { name: 'nothing', pattern: 'a*' }],
  ['pattern', 'PATTERN_INVALID', { name: 'long', pattern: 'a'.repeat(513) }],
  ['name', 'PATTERN_NAME_INVALID', { name: '', pattern: 'a' }],
  ['name', 'PATTERN_NAME_INVALID', { name: 'With Blanks', pattern: 'a' }],
  ['name', 'PATTERN_NAME_TAKEN', { name: 'email', pattern: 'a' }],
  ['name', 'PATTERN_NAME_TAKEN', { name: 'customer', pattern: 'b' }],
])('the %s of the second is named: %s %j', (part, code, second) => {
  expect(patternProblems([fine, second])).toEqual([
    { field: `redactPatterns[1].${part}`, code, message: expect.stringMatching(/\.$/) },
  ]);
});

test('each pattern has a complaint of its own', () => {
  const fields = patternProblems([{ name: 'a', pattern: '(' }, fine, { name: 'A', pattern: '(' }]).map(
    ({ field }) => field,
  );
  expect(fields).toEqual(['redactPatterns[0].pattern', 'redactPatterns[2].name']);
});

test('each detector is described once', () => {
  expect(REDACTION_DETECTORS.map(({ name }) => name)).toEqual([...DETECTORS]);
  expect(new Set(REDACTION_DETECTORS.map(({ label }) => label)).size).toBe(DETECTORS.length);
});
