import { CombinedError } from '@urql/core';
import { describe, expect, it } from 'vitest';
import { type Answer, type QueryState, readingOf } from './reading';

const HERE = 1;
const THERE = 2;
const error = new CombinedError({ networkError: new Error('refused') });
const still = { fetching: false, stale: false };
const held = (key: number, data: string): Answer<string> => ({ key, data });

describe('what a query shows', () => {
  it('is fresh once what is asked is answered', () => {
    const state = { ...still, data: 'here', operation: { key: HERE } };
    expect(readingOf(state, HERE, false, null)).toEqual({
      ...{ answer: held(HERE, 'here'), data: 'here', stale: false, isUnderWay: false, error: undefined },
    });
  });

  it('is stale while what is asked now is on its way', () => {
    const state = { fetching: true, stale: false, data: 'here', operation: { key: HERE } };
    expect(readingOf(state, THERE, false, null)).toMatchObject({ data: 'here', stale: true });
  });

  it('is under way before the first answer, with nothing on screen to be stale', () => {
    expect(readingOf<string>({ fetching: true, stale: false }, HERE, false, null)).toMatchObject({
      ...{ data: undefined, isUnderWay: true, stale: false },
    });
  });

  it('waits for nothing while it asks nothing, whatever it is told late of what it has left', () => {
    const late = { fetching: false, stale: true, data: 'here', operation: { key: HERE } };
    expect(readingOf(late, THERE, true, held(HERE, 'here'))).toMatchObject({
      data: 'here',
      stale: false,
      isUnderWay: false,
    });
  });

  it('stays stale when an answer to what it has left comes late', () => {
    const late = { ...still, data: 'here', operation: { key: HERE } };
    expect(readingOf(late, THERE, false, held(HERE, 'here')).stale).toBe(true);
  });

  it('stays as it is, and is not stale, when it could not be renewed', () => {
    const state: QueryState<string> = { ...still, error, operation: { key: HERE } };
    expect(readingOf(state, HERE, false, held(HERE, 'here'))).toMatchObject({ data: 'here', stale: false, error });
  });

  it('is nothing when something else was asked and failed: old figures would pass for it', () => {
    const failed: QueryState<string> = { ...still, error, operation: { key: THERE } };
    const reading = readingOf(failed, THERE, false, held(HERE, 'here'));
    expect(reading).toMatchObject({ data: undefined, stale: false, error });
    const again = readingOf({ ...failed, fetching: true }, THERE, false, reading.answer);
    expect(again).toMatchObject({ data: undefined, stale: false, error: undefined });
    const recovered = readingOf({ ...still, data: 'there', operation: { key: THERE } }, THERE, false, again.answer);
    expect(recovered).toMatchObject({ data: 'there', stale: false, error: undefined });
  });

  it('has no failure of what was asked before', () => {
    const failed: QueryState<string> = { fetching: true, stale: false, error, operation: { key: HERE } };
    expect(readingOf(failed, THERE, false, null)).toMatchObject({ data: undefined, error: undefined });
  });
});
