export type Theme = 'light' | 'dark';

const TOKEN = /var\((--[a-z0-9-]+)\)/g;
const BOTH = /light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\)/g;

/** Colours written out for one theme: what leaves the page has no style sheet to look them up in. */
export function inTheme(svg: string, theme: Theme): string {
  const probe = document.createElement('span');
  probe.style.colorScheme = theme;
  document.body.append(probe);
  const colors = new Map<string, string>();
  const colorOf = (token: string) => {
    let color = colors.get(token);
    if (color === undefined) {
      probe.style.color = `var(${token})`;
      color = getComputedStyle(probe).color;
      colors.set(token, color);
    }
    return color;
  };
  try {
    return svg
      .replaceAll(TOKEN, (_, token: string) => colorOf(token))
      .replaceAll(BOTH, (_, light: string, dark: string) => (theme === 'light' ? light : dark))
      .replaceAll(/ class="[^"]*"/g, '');
  } finally {
    probe.remove();
  }
}
