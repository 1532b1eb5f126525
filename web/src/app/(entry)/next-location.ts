/**
 * Where to go after sign-in: a path of this console, or home. Anything a browser could read as another origin is refused
 * (`//host`, `/\host`, control characters that are dropped before parsing).
 */
export function nextLocation(next: string | null | undefined): string {
  if (!next?.startsWith('/')) return '/';
  const base = 'http://console.invalid';
  const url = URL.parse(next, base);
  if (!url || url.origin !== base || /^\/[/\\]/.test(next)) return '/';
  const location = url.pathname + url.search;
  return location.startsWith('//') || location.startsWith('/signin') ? '/' : location;
}
