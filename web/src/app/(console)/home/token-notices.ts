import { day } from '../../../format';
import type { Notice } from '../notices/notice';
import { endsSoon } from '../settings/api-tokens/token-state';

interface Ending {
  readonly id: string;
  readonly name: string;
  readonly expiresAt: string | null;
}

interface Tokens {
  readonly apps: readonly {
    readonly id: string;
    readonly name: string;
    readonly tokens: readonly (Ending & { readonly revokedAt: string | null })[];
  }[];
  /** undefined = the viewer may not see them, or they are not there yet. */
  readonly apiTokens: readonly (Ending & { readonly revokedAt: string | null })[] | undefined;
}

/** Beyond these a list of notices is no longer read. */
const SHOWN = 3;

/** Tokens that still work and soon will not, the first to end first. */
export function tokenNotices({ apps, apiTokens = [] }: Tokens, now: Date): readonly Notice[] {
  const ofApps = apps.flatMap((app) =>
    app.tokens
      .filter((token) => endsSoon(token, now))
      .map((token) => ({
        token,
        text: `Token ${token.name} of ${app.name}`,
        href: `/apps/${app.id}`,
        linkText: 'Open the app',
      })),
  );
  const ofApi = apiTokens
    .filter((token) => endsSoon(token, now))
    .map((token) => ({
      token,
      text: `API token ${token.name}`,
      href: '/settings?tab=api-tokens',
      linkText: 'Open API tokens',
    }));
  const ending = [...ofApps, ...ofApi].toSorted((a, b) =>
    (a.token.expiresAt ?? '').localeCompare(b.token.expiresAt ?? ''),
  );
  const more = ending.length - SHOWN;
  return [
    ...ending.slice(0, SHOWN).map(({ token, text, href, linkText }) => ({
      ...{ id: `ending/${token.id}`, severity: 'attention' as const, href, linkText },
      text: `${text} stops working on ${day(token.expiresAt ?? now)}`,
    })),
    ...(more > 0
      ? [
          {
            ...{ id: 'ending/more', severity: 'attention' as const, href: '/apps', linkText: 'Open Apps' },
            text: `${more} more ${more === 1 ? 'token stops' : 'tokens stop'} working within two weeks`,
          },
        ]
      : []),
  ];
}
