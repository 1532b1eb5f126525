import { buildSchema, Kind, parse, validate } from 'graphql';
import { describe, expect, it } from 'vitest';
import { measureOperation } from './measure.js';

const schema = buildSchema(`
  type Query { me: Person people(first: Int = 100, after: String): People! all: [Person!]! }
  type People { nodes: [Person!]! totalCount: Int! }
  type Person { name: String! friends: [Person!]! best: Person }
`);

function measure(source: string, variables: Record<string, unknown> = {}) {
  const document = parse(source);
  expect(validate(schema, document)).toEqual([]);
  const operation = document.definitions.find((node) => node.kind === Kind.OPERATION_DEFINITION);
  if (operation?.kind !== Kind.OPERATION_DEFINITION) throw new Error('no operation');
  return measureOperation(schema, document, operation, variables);
}

describe('cost', () => {
  it.each([
    ['{ me { name } }', 1],
    ['{ me { best { best { name } } } }', 3],
    ['{ all { name } }', 10],
    ['{ all { friends { name } } }', 10 * 11],
    ['{ people(first: 5) { totalCount } }', 5],
    ['{ people(first: 5) { nodes { name } } }', 5 * 2],
    ['{ people { nodes { best { name } } } }', 100 * 3],
    ['{ people(first: 5) { nodes { friends { name } } } }', 5 * (1 + 1 + 10)],
    ['{ people(first: 5) { ...P } } fragment P on People { nodes { name } }', 5 * 2],
    ['{ people(first: 5) { ... on People { nodes { name } } } }', 5 * 2],
  ])('%s loads %i objects at most', (source, cost) => {
    expect(measure(source).cost).toBe(cost);
  });

  it('follows the variable that sizes a page, and its default where none is given', () => {
    const source = 'query ($n: Int) { people(first: $n) { nodes { name } } }';
    expect(measure(source, { n: 7 }).cost).toBe(14);
    expect(measure(source).cost).toBe(200);
    expect(measure(source, { n: -7 }).cost).toBe(200);
  });
});

describe('fragments', () => {
  it('count wherever they are spread, whatever they are called', () => {
    const spread =
      '{ a: me { ...__schema } b: me { ...__schema } } fragment __schema on Person { x: best { y: name } }';
    expect(measure(spread)).toEqual({ depth: 3, cost: 4, aliases: 6, rootFields: 2, directives: 0 });
  });

  it('that double at every step are measured in one pass', () => {
    const steps = Array.from({ length: 60 }, (_, i) => `fragment F${i} on Person { ...F${i + 1} ...F${i + 1} }`);
    const { aliases } = measure(`{ me { ...F0 } } ${steps.join(' ')} fragment F60 on Person { x: name }`);
    expect(aliases).toBe(2 ** 60);
  });
});

it('counts directives on everything that can carry one', () => {
  const source = `query @include(if: true) { me @skip(if: false) { ...F @skip(if: false) ... @skip(if: false) { name } } }
    fragment F on Person { name @include(if: true) }`;
  const document = source.replace('query @include(if: true)', 'query');
  expect(measure(document).directives).toBe(4);
});
