import type { ApolloServerPlugin, BaseContext } from '@apollo/server';
import { unwrapResolverError } from '@apollo/server/errors';
import { WeirError } from '@weir/contracts';
import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import { Refusal } from './errors.js';
import type { GraphqlContext } from './graphql-context.js';

/** Faults of the document itself; their messages may go out when they only repeat names, never values. */
const DOCUMENT_CODES: ReadonlySet<unknown> = new Set([
  'GRAPHQL_PARSE_FAILED',
  'GRAPHQL_VALIDATION_FAILED',
  'BAD_USER_INPUT',
  'BAD_REQUEST',
  'OPERATION_RESOLUTION_FAILURE',
  'DOCUMENT_TOO_COMPLEX',
  'PERSISTED_QUERY_NOT_SUPPORTED',
]);
const NAMES_ONLY =
  /^(Cannot query field|Unknown (argument|type|fragment|directive|operation)|Field "[^"]*" (must not have a selection|of type|argument)|Variable "\$\w+" (is not defined|is never used|of required type|of type)|Fragment |The document |PersistedQueryNotSupported$|Syntax Error: [^"]*$)/;

const GENERIC = 'Something went wrong on our side. Quote the request id when you ask for help.';
const DOCUMENT_MESSAGE = 'The document is not valid.';

/** WeirErrors of other packages are not written for callers; only refusals are. */
function refusalIn(error: unknown): Refusal | null {
  const cause = unwrapResolverError(error);
  return cause instanceof Refusal ? cause : null;
}

/** The whole of what an error may tell: code, message, path, the field at fault. No stack, SQL, driver or upstream text. */
export function maskError(formatted: GraphQLFormattedError, error: unknown): GraphQLFormattedError {
  const path = formatted.path ? { path: formatted.path } : {};
  const refusal = refusalIn(error);
  if (refusal) return { message: refusal.message, ...path, extensions: { code: refusal.code, ...refusal.detail } };
  const code = formatted.extensions?.code;
  if (DOCUMENT_CODES.has(code) && isDocumentFault(error)) {
    const message = NAMES_ONLY.test(formatted.message) ? formatted.message : DOCUMENT_MESSAGE;
    return {
      message,
      ...(formatted.locations ? { locations: formatted.locations } : {}),
      ...path,
      extensions: { code, ...variableAtFault(formatted.message) },
    };
  }
  return { message: GENERIC, ...path, extensions: { code: 'INTERNAL' } };
}

/** An error that a resolver threw wraps an original of its own; one about the document does not, or wraps a scalar's. */
function isDocumentFault(error: unknown): boolean {
  if (!(error instanceof GraphQLError)) return false;
  return error.path === undefined || error.originalError === undefined || error.originalError === null;
}

function variableAtFault(message: string): { field?: string } {
  const field = /^Variable "\$(\w+)" got invalid value .*? at "([\w.[\]]+)"; /s.exec(message)?.[2];
  return field === undefined ? {} : { field };
}

/** Adds the request id to every error, and writes what was masked to the log under that id. */
export function errorReport(log: (message: string) => void): ApolloServerPlugin<BaseContext> {
  return {
    async requestDidStart() {
      return {
        async didEncounterErrors({ errors, contextValue }) {
          for (const error of errors) {
            const masked = maskError(error.toJSON(), error);
            if (masked.extensions?.code !== 'INTERNAL') continue;
            log(`request ${requestIdOf(contextValue)} failed at ${error.path?.join('.') ?? '-'}: ${describe(error)}`);
          }
        },
        async willSendResponse({ response, contextValue }) {
          if (response.body.kind !== 'single' || !response.body.singleResult.errors) return;
          const requestId = requestIdOf(contextValue);
          response.body.singleResult.errors = response.body.singleResult.errors.map((error) => ({
            ...error,
            extensions: { ...error.extensions, requestId },
          }));
        },
      };
    },
  };
}

const requestIdOf = (context: BaseContext): string => (context as GraphqlContext).req.id;

/** For the log: class, code and stack frames. Messages of drivers may quote values, so they stay out. */
function describe(error: unknown): string {
  const cause = unwrapResolverError(error);
  if (!(cause instanceof Error)) return 'not an Error';
  const code = 'code' in cause && typeof cause.code === 'string' ? ` ${cause.code}` : '';
  const message = cause instanceof WeirError ? ` ${JSON.stringify(cause.message)}` : '';
  const frames = (cause.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line));
  return `${cause.name}${code}${message}\n${frames.slice(0, 12).join('\n')}`;
}
