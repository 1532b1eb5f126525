/**
 * Nothing remote, nothing framed, no script without this response's nonce. Style attributes stay allowed because
 * server-rendered charts and popups carry their positions in them; style elements need the nonce.
 */
export function contentSecurityPolicy(nonce: string, options: { development: boolean }): string {
  return [
    `default-src 'none'`,
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'${options.development ? " 'unsafe-eval'" : ''}`,
    `style-src 'self' 'nonce-${nonce}'`,
    `style-src-attr 'unsafe-inline'`,
    `img-src 'self' data:`,
    `font-src 'self'`,
    `connect-src 'self'`,
    // Else it would be what scripts may do.
    `worker-src 'none'`,
    `manifest-src 'self'`,
    `form-action 'self'`,
    `base-uri 'none'`,
    `frame-ancestors 'none'`,
  ].join('; ');
}
