const VERSION = /^v\d+[a-z0-9]*$/;

/**
 * Joins a base URL's own path with the path and query an app called. A version segment that ends the one and begins the
 * other counts once, so both `<proxy url>/v1/chat/completions` and `<proxy url>/chat/completions` reach
 * `https://api.openai.com/v1/chat/completions`. Everything else stays as it was written.
 */
export function upstreamPath(basePath: string, callPath: string): string {
  const base = basePath.replace(/\/+$/, '');
  const call = callPath.startsWith('/') ? callPath.slice(1) : callPath;
  const version = base.slice(base.lastIndexOf('/') + 1);
  const isShared = VERSION.test(version) && (call === version || /^[/?]/.test(call.slice(version.length)));
  const rest = isShared && call.startsWith(version) ? call.slice(version.length) : `/${call}`;
  const joined = base + rest;
  return joined.startsWith('/') ? joined : `/${joined}`;
}
