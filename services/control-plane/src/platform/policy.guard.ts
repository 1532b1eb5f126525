import { type CanActivate, type ExecutionContext, Injectable, Logger } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { type GqlContextType, GqlExecutionContext } from '@nestjs/graphql';
import type { GraphQLResolveInfo } from 'graphql';
import { Forbidden, Unauthenticated } from './errors.js';
import type { GraphqlContext } from './graphql-context.js';
import { POLICY_KEY, type Policy, permissionsOf } from './policy.js';

/** Denies by default: what carries no policy answers nobody. Runs before every query, mutation and field resolver. */
@Injectable()
export class PolicyGuard implements CanActivate {
  readonly #logger = new Logger(PolicyGuard.name);

  constructor(private readonly reflector: Reflector) {}

  canActivate(context: ExecutionContext): boolean {
    const policy = this.reflector.getAllAndOverride<Policy | undefined>(POLICY_KEY, [
      context.getHandler(),
      context.getClass(),
    ]);
    if (!policy || context.getType<GqlContextType>() !== 'graphql') {
      this.#logger.error(`${context.getClass().name}.${context.getHandler().name} carries no policy`);
      throw new Forbidden();
    }
    const graphql = GqlExecutionContext.create(context);
    const { viewer, refusal } = graphql.getContext<GraphqlContext>();
    const byToken = viewer?.apiTokenId !== undefined;
    if (byToken && graphql.getInfo<GraphQLResolveInfo>().operation.operation !== 'query') {
      throw new Forbidden('An API token only reads. Sign in to change anything.');
    }
    if (policy.kind === 'public') return true;
    if (!viewer) throw refusal ?? new Unauthenticated();
    if (permissionsOf(viewer).includes(policy.permission)) return true;
    throw new Forbidden(
      byToken ? 'An API token reads usage, calls, the ledger and providers, and nothing else.' : undefined,
    );
  }
}
