import { expect, test } from 'vitest';
import { deliverTo, enqueue, wasEverAsked, watchAsked } from './toast-queue';

test('what is asked for before anything can show it is shown later, once and in order', () => {
  let notified = 0;
  watchAsked(() => notified++);
  expect(wasEverAsked()).toBe(false);
  enqueue({ title: 'first', type: 'done' });
  enqueue({ title: 'second', type: 'done' });
  expect(notified).toBe(2);
  expect(wasEverAsked()).toBe(true);

  const shown: string[] = [];
  const stop = deliverTo(({ title }) => shown.push(title));
  enqueue({ title: 'third', type: 'failed' });
  expect(shown).toEqual(['first', 'second', 'third']);

  stop();
  enqueue({ title: 'fourth', type: 'done' });
  deliverTo(({ title }) => shown.push(title));
  expect(shown).toEqual(['first', 'second', 'third', 'fourth']);
});
