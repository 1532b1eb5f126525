import type { ApolloDriverConfig } from '@nestjs/apollo';
import type { Spans } from '@weir/telemetry';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Config } from './config.js';
import { errorReport, maskError } from './error-mask.js';
import { Unauthenticated } from './errors.js';
import { type GraphqlContext, RequestLoaders } from './graphql-context.js';
import { LIMITS, limitOperations } from './limits/limits.plugin.js';
import { operationSpans } from './operation-spans.js';
import type { Viewer } from './viewer.js';

/** Finds out who asks, once a request. */
export type FindViewer = (request: FastifyRequest) => Promise<Viewer | Unauthenticated | null>;

export function graphqlOptions(
  config: Config,
  findViewer: FindViewer,
  log: (message: string) => void,
  spans: Spans | null,
): Omit<ApolloDriverConfig, 'driver'> {
  return {
    path: '/graphql',
    autoSchemaFile: true,
    sortSchema: true,
    graphiql: false,
    introspection: config.introspection,
    includeStacktraceInErrorResponses: false,
    hideSchemaDetailsFromClientErrors: true,
    allowBatchedHttpRequests: false,
    // `http-gate.ts` is stricter and runs before the body is read.
    csrfPrevention: false,
    persistedQueries: false,
    parseOptions: { maxTokens: LIMITS.tokens },
    fieldResolverEnhancers: ['guards'],
    autoTransformHttpErrors: false,
    formatError: maskError,
    plugins: [
      limitOperations(config.introspection),
      errorReport(log),
      ...(spans === null ? [] : [operationSpans(spans)]),
    ],

    context: async (req: FastifyRequest, reply: FastifyReply): Promise<GraphqlContext> => {
      const found = await findViewer(req);
      const who =
        found instanceof Unauthenticated ? { viewer: null, refusal: found } : { viewer: found, refusal: null };
      return { req, reply, ...who, loaders: new RequestLoaders() };
    },
  };
}
