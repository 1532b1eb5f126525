import { LONGEST_MS } from '../range';
import { labelOfFilter } from './filters';
import { usageParsers } from './search-params';

/** What an address asked for that cannot be shown, and what is shown instead. */
export interface AddressFault {
  /** The names in the address that are to blame. */
  readonly names: readonly (keyof typeof usageParsers)[];
  readonly text: string;
}

const SAID: Partial<Record<keyof typeof usageParsers, (given: string) => string>> = {
  range: (given) => `There is no range “${given}”: the last 7 days are shown.`,
  customStart: (given) => `The start “${given}” is no ISO 8601 time.`,
  customEnd: (given) => `The end “${given}” is no ISO 8601 time.`,
  tz: (given) => `There is no time zone “${given}”: times are in UTC.`,
  groupBy: (given) => `Nothing can be grouped by “${given}”: groups are providers.`,
};

const LONGEST_GIVEN = 60;
const cut = (text: string) => (text.length > LONGEST_GIVEN ? `${text.slice(0, LONGEST_GIVEN)}…` : text);

/** Reads an address as strictly as it was read leniently. */
export function addressFaults(search: URLSearchParams): AddressFault[] {
  const faults: AddressFault[] = [];
  for (const [name, parser] of Object.entries(usageParsers) as [keyof typeof usageParsers, Parser][]) {
    const given = search.get(name);
    if (given === null || given === '') continue;
    const text = faultOf(name, given, parser);
    if (text) faults.push({ names: [name], text });
  }
  return [...faults, ...rangeFaults(search), ...tagFaults(search)];
}

interface Parser {
  parse(text: string): unknown;
}

function faultOf(name: keyof typeof usageParsers, given: string, parser: Parser): string | null {
  const parsed = parser.parse(given);
  if (parsed === null) return SAID[name]?.(cut(given)) ?? `“${cut(given)}” is no value of ${name}: it is left out.`;
  if (!Array.isArray(parsed) || parsed.length === given.split(',').length) return null;
  const label = name === 'tags' ? 'Tag' : labelOfFilter(name as never);
  return `${label}: not every value of “${cut(given)}” exists; the others are left out.`;
}

function rangeFaults(search: URLSearchParams): AddressFault[] {
  if (search.get('range') !== 'custom') return [];
  const [start, end] = [usageParsers.customStart.parse(search.get('customStart') ?? ''), parsedEnd(search)];
  const names = ['range', 'customStart', 'customEnd'] as const;
  if (!start || !end) return [{ names, text: 'A custom range needs a start and an end: the last 7 days are shown.' }];
  if (start >= end) return [{ names, text: 'The range ends before it begins: the last 7 days are shown.' }];
  if (end.getTime() - start.getTime() > LONGEST_MS) {
    const days = LONGEST_MS / 86_400_000;
    return [{ names, text: `The range is longer than ${days} days: its last ${days} days are shown.` }];
  }
  return [];
}

const parsedEnd = (search: URLSearchParams) => usageParsers.customEnd.parse(search.get('customEnd') ?? '');

function tagFaults(search: URLSearchParams): AddressFault[] {
  if (search.get('groupBy') !== 'tag' || search.get('tagKey')) return [];
  return [{ names: ['groupBy', 'tagKey'], text: 'Grouping by tag needs its key: groups are providers.' }];
}
