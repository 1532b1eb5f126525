import { parseUsd } from '@weir/contracts';
import { GraphQLError, GraphQLScalarType, Kind, type ValueNode } from 'graphql';

const refuse = (what: string): never => {
  throw new GraphQLError(`must be ${what}`);
};

const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,9})?)?(Z|[+-]\d\d:\d\d)$/;

function parseInstant(value: unknown): Date {
  const date = typeof value === 'string' && INSTANT.test(value) ? new Date(value) : null;
  return date && !Number.isNaN(date.getTime()) ? date : refuse('an ISO 8601 time with a zone');
}

function parseDecimal(value: unknown): string {
  if (typeof value !== 'string') return refuse('a decimal in a string');
  try {
    parseUsd(value);
  } catch {
    return refuse('a decimal with at most 12 places');
  }
  return value;
}

function parseCount(value: unknown): number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0
    ? value
    : refuse('a whole number from 0');
}

const literal = (node: ValueNode): unknown => {
  if (node.kind === Kind.INT) return Number(node.value);
  return node.kind === Kind.STRING ? node.value : undefined;
};

/** Serves a Date; reads ISO 8601 with a zone. */
export const DateTime = new GraphQLScalarType<Date, string>({
  name: 'DateTime',
  description: 'ISO 8601, UTC',
  serialize: (value) => (value instanceof Date ? value : parseInstant(value)).toISOString(),
  parseValue: parseInstant,
  parseLiteral: (node) => parseInstant(literal(node)),
});

/** Serves and reads text, so that no float ever holds money. */
export const Decimal = new GraphQLScalarType<string, string>({
  name: 'Decimal',
  description: 'exact decimal as text, USD',
  serialize: parseDecimal,
  parseValue: parseDecimal,
  parseLiteral: (node) => parseDecimal(node.kind === Kind.STRING ? node.value : undefined),
});

/** Serves numbers and bigints up to 2^53 - 1; more is an error rather than a rounded value. */
export const Count = new GraphQLScalarType<number, number>({
  name: 'Count',
  description: 'non-negative integer up to 2^53-1, as a JSON number',
  serialize: (value) => parseCount(typeof value === 'bigint' ? Number(value) : value),
  parseValue: parseCount,
  parseLiteral: (node) => parseCount(node.kind === Kind.INT ? Number(node.value) : undefined),
});
