import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import { GqlExecutionContext } from '@nestjs/graphql';
import type { Role } from '@weir/prisma';
import { Unauthenticated } from './errors.js';
import type { GraphqlContext } from './graphql-context.js';

/** Who is asking. Every `where` of a service takes its project from here, never from input. */
export interface Viewer {
  readonly accountId: string;
  readonly projectId: string;
  readonly role: Role;
  readonly sessionId: string;
  readonly email: string;
  /** Set: a script asks in their name, and may only read (policy.ts). `sessionId` is then empty. */
  readonly apiTokenId?: string;
}

const contextOf = (context: ExecutionContext) => GqlExecutionContext.create(context).getContext<GraphqlContext>();

/** The signed-in viewer. @throws Unauthenticated when nobody is signed in. */
export const CurrentViewer = createParamDecorator((_: unknown, context: ExecutionContext): Viewer => {
  const { viewer } = contextOf(context);
  if (!viewer) throw new Unauthenticated();
  return viewer;
});

/** The viewer, or null when nobody is signed in: for public resolvers only. */
export const MaybeViewer = createParamDecorator(
  (_: unknown, context: ExecutionContext): Viewer | null => contextOf(context).viewer,
);
