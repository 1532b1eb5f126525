import type { Tokens } from '../upstream/ledger.js';

/** USD per 1,000,000 tokens of every model of the run, set as custom prices; odd ones, so that digits cannot hide. */
export const RATES: Readonly<Record<keyof Tokens, string>> = {
  input: '2.470013',
  cachedInput: '0.247001',
  cacheWrite5m: '3.087517',
  cacheWrite1h: '4.940027',
  output: '14.820079',
};

export const BUCKETS: Readonly<Record<keyof Tokens, string>> = {
  input: 'input',
  cachedInput: 'cached_input',
  cacheWrite5m: 'cache_write_5m',
  cacheWrite1h: 'cache_write_1h',
  output: 'output',
};

const micro = (rate: string): bigint => BigInt(rate.replace('.', ''));

/** What tokens cost, as a count of 10^-12 USD: a rate has 6 places and is for 10^6 tokens. Worked out by no code under test. */
export function picoUsdOf(tokens: Tokens): bigint {
  const names = Object.keys(RATES) as (keyof Tokens)[];
  return names.reduce((sum, name) => sum + BigInt(tokens[name]) * micro(RATES[name]), 0n);
}
