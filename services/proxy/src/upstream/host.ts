/** `host:port` as the operator lists it, the port always written. */
export function hostAndPort(url: URL): string {
  return `${url.hostname}:${url.port || (url.protocol === 'http:' ? '80' : '443')}`.toLowerCase();
}

/** Why a base URL may not be called, for people; null when it may. */
export function baseUrlFault(base: URL, allowedHosts: readonly string[]): string | null {
  if (base.protocol !== 'https:' && base.protocol !== 'http:') return 'its base URL is neither https nor http';
  if (base.username || base.password) return 'its base URL holds a user name or password';
  if (base.search || base.hash) return 'its base URL holds a query or fragment';
  if (base.protocol === 'http:' && !allowedHosts.some((host) => host.toLowerCase() === hostAndPort(base))) {
    return 'its base URL is not https and its host is not in WEIR_ALLOWED_HOSTS';
  }
  return null;
}
