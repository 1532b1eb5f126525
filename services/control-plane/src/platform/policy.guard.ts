import { type CanActivate, type ExecutionContext, Injectable, Logger } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { type GqlContextType, GqlExecutionContext } from '@nestjs/graphql';
import { Forbidden, Unauthenticated } from './errors.js';
import type { GraphqlContext } from './graphql-context.js';
import { isAllowed, POLICY_KEY, type Policy } from './policy.js';

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
    if (policy.kind === 'public') return true;
    const { viewer } = GqlExecutionContext.create(context).getContext<GraphqlContext>();
    if (!viewer) throw new Unauthenticated();
    if (!isAllowed(viewer.role, policy.permission)) throw new Forbidden();
    return true;
  }
}
