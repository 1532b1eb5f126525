import { parseAsString, parseAsStringLiteral } from 'nuqs/server';

export const USES = ['all', 'used', 'unused'] as const;
export type Use = (typeof USES)[number];

export const secretListParsers = {
  search: parseAsString.withDefault('').withOptions({ throttleMs: 200 }),
  use: parseAsStringLiteral(USES).withDefault('all'),
  /** Id of the secret whose drawer is open. */
  secret: parseAsString.withOptions({ history: 'push' }),
};
