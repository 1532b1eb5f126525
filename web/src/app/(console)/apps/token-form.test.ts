import { describe, expect, it } from 'vitest';
import { EMPTY_TOKEN, expiresAt, tokenInput, tokenMissing, tokenProblems } from './token-form';

const now = new Date('2026-11-21T05:47:00Z');
const good = { ...EMPTY_TOKEN, name: ' ci ' };

describe('a token’s end', () => {
  it('counts days from now, never is none', () => {
    expect(expiresAt(good, now)?.toISOString()).toBe('2027-02-19T05:47:00.000Z');
    expect(expiresAt({ ...good, expiry: 'never' }, now)).toBeNull();
  });

  it('on a date is when that day ends', () => {
    const dated = { ...good, expiry: 'date' as const, expiryDate: '2026-11-21' };
    expect(expiresAt(dated, now)?.toISOString()).toBe('2026-11-22T00:00:00.000Z');
    expect(tokenProblems(dated, now)).toEqual({});
    expect(tokenProblems({ ...dated, expiryDate: '2026-11-20' }, now)).toHaveProperty('expiresAt');
    expect(tokenMissing({ ...dated, expiryDate: '' }, now)).toEqual([
      { field: 'expiresAt', label: 'the day it expires' },
    ]);
  });
});

describe('a token form', () => {
  it('names what is missing', () => {
    expect(tokenMissing({ ...EMPTY_TOKEN, scope: 'chosen' }, now).map(({ field }) => field)).toEqual([
      'name',
      'providers',
    ]);
    expect(tokenMissing(good, now)).toEqual([]);
  });

  it('sends providers only when they limit the token, and no end when there is none', () => {
    expect(tokenInput('a', { ...good, expiry: 'never', providers: ['stale'] }, now)).toEqual({
      appId: 'a',
      name: 'ci',
      allProviders: true,
    });
    expect(tokenInput('a', { ...good, scope: 'chosen', providers: ['openai'] }, now)).toEqual({
      appId: 'a',
      name: 'ci',
      allProviders: false,
      providers: ['openai'],
      expiresAt: '2027-02-19T05:47:00.000Z',
    });
  });
});
