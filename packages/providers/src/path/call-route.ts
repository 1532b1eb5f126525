/**
 * A call path in the one spelling that endpoints are told apart by: no query, decoded once, lower case, single slashes.
 * Upstreams are lenient about these, so a spelling of ours must not be a way around metering. Null when undecodable.
 */
export function callRoute(callPath: string): string | null {
  const [path = ''] = callPath.split(/[?#]/, 1);
  try {
    return decodeURIComponent(path)
      .toLowerCase()
      .replace(/\/{2,}/g, '/')
      .replace(/^\/|\/$/g, '');
  } catch {
    return null;
  }
}
