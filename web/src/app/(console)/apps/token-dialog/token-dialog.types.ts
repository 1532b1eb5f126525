import type { ResultOf } from '@/graphql/graphql';
import type { APP } from '../queries';

export type TokenApp = Pick<NonNullable<ResultOf<typeof APP>['app']>, 'id' | 'name' | 'environment'>;
export type TokenProvider = ResultOf<typeof APP>['providers']['nodes'][number];

/** Providers the app's environment may call; the rest would refuse its tokens. */
export function openTo(app: TokenApp, providers: readonly TokenProvider[]): TokenProvider[] {
  return providers.filter(
    ({ environments }) => environments.length === 0 || environments.includes(app.environment.name),
  );
}
