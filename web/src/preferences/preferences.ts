/** Choices remembered per browser in plain cookies, so that the server renders them at once and nothing flashes. */
export const THEMES = ['system', 'light', 'dark'] as const;
export type Theme = (typeof THEMES)[number];
export const DENSITIES = ['comfortable', 'compact'] as const;
export type Density = (typeof DENSITIES)[number];

export interface Preferences {
  readonly theme: Theme;
  readonly density: Density;
  readonly sidebar: 'open' | 'collapsed';
}

const COOKIES = { theme: 'weir_theme', density: 'weir_density', sidebar: 'weir_sidebar' } as const;
const YEAR_SECONDS = 31_536_000;

export function readPreferences(cookie: (name: string) => string | undefined): Preferences {
  const theme = cookie(COOKIES.theme);
  return {
    theme: theme === 'light' || theme === 'dark' ? theme : 'system',
    density: cookie(COOKIES.density) === 'compact' ? 'compact' : 'comfortable',
    sidebar: cookie(COOKIES.sidebar) === 'collapsed' ? 'collapsed' : 'open',
  };
}

export function cookieFor<K extends keyof Preferences>(name: K, value: Preferences[K]): string {
  return `${COOKIES[name]}=${value}; path=/; max-age=${YEAR_SECONDS}; samesite=lax`;
}
