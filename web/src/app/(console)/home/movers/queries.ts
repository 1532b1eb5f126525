import { graphql, type ResultOf } from '@/graphql/graphql';

export const MOVERS = graphql(`
  query HomeMovers($after: TimeRange!, $before: TimeRange!) {
    providers: usageChange(range: $after, previous: $before, groupBy: provider, first: 4) {
      before { calls spend unpricedCalls }
      after { calls spend unpricedCalls }
      difference
      effects { kind amount explanation }
      method
      drivers { key label before after difference unpricedBefore unpricedAfter isNew isGone }
    }
    models: usageChange(range: $after, previous: $before, groupBy: model, first: 4) {
      drivers { key label before after difference unpricedBefore unpricedAfter isNew isGone }
    }
    apps: usageChange(range: $after, previous: $before, groupBy: app, first: 4) {
      drivers { key label before after difference unpricedBefore unpricedAfter isNew isGone }
    }
  }
`);

type Data = ResultOf<typeof MOVERS>;
export type Change = Data['providers'];
export type Mover = Change['drivers'][number];
