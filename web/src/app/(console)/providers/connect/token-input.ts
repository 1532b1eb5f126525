import type { ResultOf } from '@/graphql/graphql';
import type { TOKEN_CHOICES } from './queries';

export const NEW_APP = 'new';
const EXPIRES_AFTER_DAYS = 90;
const DAY_MS = 86_400_000;

type Choices = ResultOf<typeof TOKEN_CHOICES>;

export interface TokenChoice {
  /** Id of an app, or `new`. */
  readonly app: string;
  readonly appName: string;
  readonly environment: string;
}

/** Environments whose apps the provider serves. */
export function servedEnvironments(all: readonly string[], active: readonly string[]): string[] {
  return active.length === 0 ? [...all] : all.filter((name) => active.includes(name));
}

/** Apps whose tokens the provider would accept; those of other environments are refused. */
export function servedApps({ apps }: Choices, active: readonly string[]): Choices['apps'] {
  return active.length === 0 ? apps : apps.filter(({ environment }) => active.includes(environment.name));
}

/** What still has to be filled in, as the button's line says it. */
export function tokenNeeds({ app, appName, environment }: TokenChoice, taken: readonly string[]): string[] {
  if (app !== NEW_APP) return app === '' ? ['an app'] : [];
  return [
    ...(appName.trim() === '' ? ['an app name'] : taken.includes(appName.trim()) ? ['a name no app has yet'] : []),
    ...(environment === '' ? ['an environment'] : []),
  ];
}

/** A token that opens this provider only, for 90 days: the least that makes the first call work. */
export function inlineTokenInput(appId: string, provider: string, now: Date) {
  return {
    appId,
    name: `Connect to ${provider}`,
    allProviders: false,
    providers: [provider],
    expiresAt: new Date(now.getTime() + EXPIRES_AFTER_DAYS * DAY_MS).toISOString(),
  };
}
