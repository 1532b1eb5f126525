export type Theme = 'light' | 'dark';

const TOKEN = /var\((--[a-z0-9-]+)\)/g;
const BOTH = /light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\)/g;

/** Colours written out for one theme: what leaves the page has no style sheet to look them up in. */
export function inTheme(svg: string, theme: Theme): string {
  const tokens = new Set([...svg.matchAll(TOKEN)].map(([, token]) => token as string));
  const colors = colorsOf(tokens, theme);
  return svg
    .replaceAll(TOKEN, (_, token: string) => colors.get(token) ?? 'none')
    .replaceAll(BOTH, (_, light: string, dark: string) => (theme === 'light' ? light : dark))
    .replaceAll(/ class="[^"]*"/g, '');
}

/** The page takes the theme on for the time of reading, within which nothing is painted. */
function colorsOf(tokens: ReadonlySet<string>, theme: Theme): ReadonlyMap<string, string> {
  const root = document.documentElement;
  const before = root.getAttribute('data-theme');
  const probe = document.createElement('span');
  document.body.append(probe);
  root.setAttribute('data-theme', theme);
  try {
    return new Map(
      [...tokens].map((token) => {
        probe.style.color = `var(${token})`;
        return [token, getComputedStyle(probe).color];
      }),
    );
  } finally {
    if (before === null) root.removeAttribute('data-theme');
    else root.setAttribute('data-theme', before);
    probe.remove();
  }
}
