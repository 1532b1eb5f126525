import type { ApolloServerPlugin, BaseContext } from '@apollo/server';
import { parseTraceparent } from '@weir/contracts';
import { newSpanId, newTraceId, type Spans } from '@weir/telemetry';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { GraphqlContext } from './graphql-context.js';

const NAME_MAX_LENGTH = 64;

const now = () => performance.timeOrigin + performance.now();

function placeOf({ headers }: FastifyRequest, spans: Spans) {
  const header = headers.traceparent;
  const parent = parseTraceparent(typeof header === 'string' ? header : null);
  const traceId = parent?.traceId ?? newTraceId();
  if (!spans.isKept(traceId, parent)) return null;
  return { place: { traceId, spanId: newSpanId() }, parent: parent && { ...parent, isRemote: true } };
}

/** One span for each GraphQL operation: its type and name. What it asks for, and with which values, is in none. */
export function operationSpans(spans: Spans): ApolloServerPlugin<BaseContext> {
  return {
    async requestDidStart() {
      const startMs = now();
      return {
        async willSendResponse({ operation, operationName, errors, contextValue }) {
          const { req } = contextValue as GraphqlContext;
          const where = placeOf(req, spans);
          if (where === null) return;
          const type = operation?.operation ?? 'invalid';
          const name = operationName?.slice(0, NAME_MAX_LENGTH);
          const code = errors?.[0]?.extensions?.code;
          spans.add({
            ...where,
            name: name ? `${type} ${name}` : type,
            kind: 'server',
            startMs,
            endMs: now(),
            attributes: {
              'graphql.operation.type': type,
              ...(name && { 'graphql.operation.name': name }),
              ...(errors?.length && { 'error.type': typeof code === 'string' ? code : 'INTERNAL' }),
              'weir.request_id': req.id,
            },
            hasFailed: (errors?.length ?? 0) > 0,
          });
        },
      };
    },
  };
}

/** Nothing waits, or nothing is new: what proxies and workers ask all day. */
const WITHOUT_NEWS: ReadonlySet<number> = new Set([204, 304]);

/** One span for each request at the door that brings something or fails, by the route as it is declared. */
export function addDoorSpan(spans: Spans, request: FastifyRequest, reply: FastifyReply): void {
  if (WITHOUT_NEWS.has(reply.statusCode)) return;
  const where = placeOf(request, spans);
  if (where === null) return;
  const route = request.routeOptions.url ?? '/door';
  const endMs = now();
  spans.add({
    ...where,
    name: `${request.method} ${route}`,
    kind: 'server',
    startMs: endMs - reply.elapsedTime,
    endMs,
    attributes: {
      'http.request.method': request.method,
      'http.route': route,
      'http.response.status_code': reply.statusCode,
    },
    hasFailed: reply.statusCode >= 500,
  });
}
