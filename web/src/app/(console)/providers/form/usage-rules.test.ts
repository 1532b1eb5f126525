import { expect, test } from 'vitest';
import { anthropic, context as base, fill } from './fixtures';
import { createInput } from './input';
import { neededOf } from './needed';
import { problemsOf } from './problems';
import { clientCloseOf, clientCloseText, usageRules } from './usage-rules';

const draining = {
  ...anthropic,
  clientClose: { policy: 'DRAIN' as const, because: 'Its last event states the usage.' },
};
const context = { ...base, types: base.types.map((type) => (type.type === 'anthropic' ? draining : type)) };

test('what is usual for the type holds until something else is chosen', () => {
  const values = fill([{ type: 'anthropic' }], context);
  expect(clientCloseOf(values, context)).toBe('DRAIN');
  expect(createInput(values, context)).toMatchObject({ onClientClose: null, drainSeconds: 30 });

  const chosen = fill([{ type: 'anthropic' }, { onClientClose: 'CANCEL' }], context);
  expect(usageRules(chosen, context)).toEqual({ onClientClose: 'CANCEL', usageFallback: 'NONE' });
});

test('another type starts with what is usual for it', () => {
  const values = fill([{ type: 'anthropic' }, { onClientClose: 'DRAIN' }, { type: 'openai' }], context);
  expect(clientCloseOf(values, context)).toBe('CANCEL');
});

test.each(['', '0', '601', '1.5', 'soon', '-1'])('%j seconds cannot be a bound', (drainSeconds) => {
  const values = fill([{ type: 'anthropic' }, { drainSeconds }], context);
  const problems = problemsOf(values, context);
  expect(problems.drainSeconds).toBe('Enter whole seconds from 1 to 600.');
  expect(neededOf(values, problems, context).map(({ label }) => label)).toContain('a valid number of seconds');
});

test('a bound is neither checked nor sent where nothing is drained', () => {
  const values = fill([{ type: 'openai' }, { drainSeconds: '' }], context);
  expect(problemsOf(values, context).drainSeconds).toBeUndefined();
  expect(usageRules(values, context)).not.toHaveProperty('drainSeconds');
});

test('says what holds in words', () => {
  expect(clientCloseText('DRAIN', 1)).toBe('drain: the answer is read on for at most 1 second');
});
