import type { ApolloServerPlugin } from '@apollo/server';
import { GraphQLError } from 'graphql';
import { type Measure, measureOperation } from './measure.js';
import { holdsNul } from './nul.js';

export const LIMITS: Readonly<Measure> & { readonly tokens: number; readonly bodyBytes: number } = {
  depth: 8,
  cost: 5_000,
  aliases: 15,
  rootFields: 10,
  directives: 10,
  /** Lexical tokens of a document, checked while it is parsed; bounds the work of everything after. */
  tokens: 1_000,
  bodyBytes: 256 * 1024,
};

const WHAT: Readonly<Record<keyof Measure, string>> = {
  depth: 'nests too deep',
  cost: 'may load too many objects',
  aliases: 'has too many aliases',
  rootFields: 'has too many fields in its root',
  directives: 'has too many directives',
};

/** Refuses an operation above any limit before it runs. @param exemptIntrospection only where introspection is on */
export function limitOperations(exemptIntrospection: boolean): ApolloServerPlugin {
  return {
    async requestDidStart() {
      return {
        async didResolveOperation({ schema, document, operation, request }) {
          if (!operation || (exemptIntrospection && isIntrospection(operation.selectionSet.selections))) return;
          if (!schema.getRootType(operation.operation)) throw refusal('BAD_USER_INPUT', `is a ${operation.operation}.`);
          if (holdsNul(request.variables, document)) throw refusal('BAD_USER_INPUT', 'holds a NUL character.');
          const measure = measureOperation(schema, document, operation, request.variables ?? {});
          for (const [name, what] of Object.entries(WHAT) as [keyof Measure, string][]) {
            if (measure[name] <= LIMITS[name]) continue;
            throw refusal('DOCUMENT_TOO_COMPLEX', `${what}: ${measure[name]}, and ${LIMITS[name]} are allowed.`);
          }
        },
      };
    },
  };
}

function refusal(code: string, what: string): GraphQLError {
  return new GraphQLError(`The document ${what}`, { extensions: { code, http: { status: 400 } } });
}

/** Fields only, in the operation's own selection: fragments could be called anything. */
function isIntrospection(selections: readonly { kind: string; name?: { value: string } }[]): boolean {
  return selections.every((node) => node.kind === 'Field' && /^__(schema|type)$/.test(node.name?.value ?? ''));
}
