import type { ZodType } from 'zod';
import type { InternalRoutes } from './internal-server.js';

type Path = `/${string}`;

/** Where work under a lease is claimed, and what is told of it where and in which shape. */
export interface WorkPaths<Progress, Result, Failure> {
  readonly claim: Path;
  readonly progress: readonly [Path, ZodType<Progress>];
  readonly result: readonly [Path, ZodType<Result>];
  readonly failure: readonly [Path, ZodType<Failure>];
}

/** Work that is handed out under a lease; false = whoever tells has lost it, or the work is no longer wanted. */
export interface LeasedWork<Progress, Result, Failure> {
  /** null = nothing waits. */
  claim(): Promise<object | null>;
  progress(told: Progress): Promise<boolean>;
  finish(told: Result): Promise<boolean>;
  fail(told: Failure): Promise<boolean>;
}

/** Hands work to workers; the internal server has checked the door token already. */
export function addWorkRoutes<Progress, Result, Failure>(
  routes: InternalRoutes,
  paths: WorkPaths<Progress, Result, Failure>,
  work: LeasedWork<Progress, Result, Failure>,
): void {
  const report = <Told>([path, shape]: readonly [Path, ZodType<Told>], take: (told: Told) => Promise<boolean>) =>
    routes.add('POST', path, async (request, reply) => {
      const told = shape.safeParse(request.body);
      if (!told.success) return reply.code(400).send({ error: 'REPORT_INVALID' });
      const isWanted = await take(told.data);
      return isWanted ? reply.code(204).send() : reply.code(409).send({ error: 'LEASE_LOST' });
    });
  routes.add('POST', paths.claim, async (_request, reply) => {
    const claimed = await work.claim();
    return claimed ? reply.send(claimed) : reply.code(204).send();
  });
  report(paths.progress, (told) => work.progress(told));
  report(paths.result, (told) => work.finish(told));
  report(paths.failure, (told) => work.fail(told));
}
