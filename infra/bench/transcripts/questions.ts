import { VOCABULARY } from './fill.js';

/** A search in the list of conversations, as a person types and chooses it. */
export interface Search {
  readonly name: string;
  readonly filter: Readonly<Record<string, unknown>>;
}

export const LIST = `query($filter: ConversationFilter) {
  conversations(filter: $filter, first: 50) {
    nodes { id title status startedAt turns errorCode }
    hasNextPage
  }
}`;

const HOUR_MS = 3_600_000;

/** Words of every rank, together, in a range and under filters; ids; what is not there. @param nowMs UTC epoch ms */
export function searchesAt(nowMs: number, draw: () => number): Search[] {
  const word = (from: number, to: number) => `w${Math.floor(from + draw() * (to - from))}`;
  const agoMs = Math.floor(draw() * 20 * 24) * HOUR_MS;
  const [from, to] = [new Date(nowMs - agoMs - HOUR_MS), new Date(nowMs - agoMs)].map((at) => at.toISOString());
  return [
    { name: 'nothing asked for', filter: {} },
    { name: 'a word of most messages', filter: { search: word(1, 4) } },
    { name: 'a common word', filter: { search: word(20, 100) } },
    { name: 'an unusual word', filter: { search: word(1_000, 5_000) } },
    { name: 'a rare word', filter: { search: word(20_000, VOCABULARY) } },
    { name: 'two common words', filter: { search: `${word(4, 20)} ${word(20, 100)}` } },
    { name: 'two unusual words', filter: { search: `${word(500, 1_000)} ${word(1_000, 2_000)}` } },
    { name: 'a word nobody said', filter: { search: 'zebra' } },
    { name: 'a common word within an hour', filter: { search: word(20, 100), from, to } },
    { name: 'a common word, one user', filter: { search: word(20, 100), users: ['person-77@example.com'] } },
    { name: 'an unusual word, slow turns', filter: { search: word(500, 1_000), slowerThanMs: 20_000 } },
    { name: 'failed conversations', filter: { statuses: ['error'] } },
    { name: 'failed within an hour', filter: { statuses: ['error'], from, to } },
    { name: 'a common word, failed', filter: { search: word(20, 100), statuses: ['error'] } },
    { name: 'an error code', filter: { errorCodes: ['rate_limit_exceeded'] } },
  ];
}
