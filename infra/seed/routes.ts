import { ERAS } from './calendar.js';
import { APPS, PROVIDERS, type SeedApp, type SeedModel, type SeedProvider } from './plan.js';
import { shareOut, unitOf } from './random.js';

/** An app calling a model at a provider. */
export interface Route {
  readonly app: SeedApp;
  readonly appNo: number;
  readonly provider: SeedProvider;
  readonly providerNo: number;
  readonly model: SeedModel;
  /** Which of the app's people use it: these, and who comes after. */
  readonly userOffset: number;
}

/** How many equal chances an era's calls are drawn from. */
export const SLOTS = 1_024;

interface Weighted extends Route {
  readonly weight: number;
}

/** Most apps call two or three providers, and of each some of its models. */
function weightedRoutes(seed: number): Weighted[] {
  return APPS.flatMap((app, appNo) =>
    PROVIDERS.flatMap((provider, providerNo) => {
      const isHome = (appNo + providerNo) % PROVIDERS.length < 2 || unitOf(seed, `${app.name} ${provider.name}`) < 0.12;
      if (!isHome) return [];
      const models = provider.models.filter(({ name }) => unitOf(seed, `${app.name} ${provider.name} ${name}`) < 0.45);
      const used = models.length > 0 ? models : provider.models.slice(0, 1);
      const sum = used.reduce((all, { weight }) => all + weight, 0);
      return used.map((model) => ({
        ...{ app, appNo, provider, providerNo, model },
        userOffset: Math.floor(unitOf(seed, `people of ${app.name} ${provider.name} ${model.name}`) * app.users.count),
        weight: (app.weight * provider.weight * model.weight) / sum,
      }));
    }),
  );
}

/** For each era, the route of each slot. */
export function slotsOf(seed: number): Route[][] {
  const routes = weightedRoutes(seed);
  return Array.from({ length: ERAS }, (_, era) => {
    const middle = (era + 0.5) / ERAS;
    const weights = routes.map(
      ({ weight, model, provider }) => weight * presence(model, middle) * presence(provider, middle),
    );
    return shareOut(SLOTS, weights).flatMap((slots, index) =>
      Array.from({ length: slots }, () => routes[index] as Route),
    );
  });
}

/** What is new is taken up slowly, and what goes out of use does so slowly too. */
function presence({ from, until }: { readonly from: number; readonly until: number }, at: number): number {
  if (at < from || at >= until) return 0;
  const rise = from === 0 ? 1 : Math.min(1, (at - from + 0.02) / 0.12);
  const fall = until === 1 ? 1 : Math.min(1, (until - at) / 0.12);
  return Math.min(rise, fall);
}
