import { expect, it } from 'vitest';
import { addressFaults } from './faults';

const said = (search: string) => addressFaults(new URLSearchParams(search)).map(({ text }) => text);

it('an address that makes sense has no fault', () => {
  for (const search of [
    '',
    'range=custom&customStart=2026-11-01T00:00:00.000Z&customEnd=2026-11-08T00:00:00.000Z&tz=Europe/Berlin',
    'groupBy=tag&tagKey=team&tags=team=search,team=&costTypes=input,unpriced&models=,gpt%252C4o',
    'deleted=false&compare=true&view=table&receipt=total&anything=else',
  ]) {
    expect(said(search), search).toEqual([]);
  }
});

it.each([
  ['range=forever', /no range “forever”/],
  ['customStart=tomorrow', /“tomorrow” is no ISO 8601/],
  ['range=custom&customEnd=2026-11-08T00:00:00Z', /needs a start and an end/],
  ['range=custom&customStart=2026-11-09T00:00:00Z&customEnd=2026-11-08T00:00:00Z', /ends before it begins/],
  ['range=custom&customStart=2020-11-09T00:00:00Z&customEnd=2026-11-08T00:00:00Z', /longer than 399 days/],
  ['tz=Mars/Olympus', /no time zone “Mars\/Olympus”/],
  ['groupBy=secret', /grouped by “secret”/],
  ['groupBy=tag', /needs its key/],
  ['costTypes=input,nonsense', /Cost type: not every value/],
  ['tags=team', /Tag: not every value/],
  ['compare=perhaps', /no value of compare/],
])('%s is said to be wrong', (search, text) => {
  expect(said(search)).toHaveLength(1);
  expect(said(search)[0]).toMatch(text);
});

it('what is said of a long value stays short', () => {
  expect(said(`range=${'x'.repeat(5_000)}`)[0]?.length).toBeLessThan(140);
});
