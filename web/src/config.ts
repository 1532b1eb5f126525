/** Read at run time, never at build time: the same build serves every installation. */
export const config = Object.freeze({
  controlUrl: process.env.WEIR_CONTROL_URL ?? 'http://127.0.0.1:4000',
  /** Addresses of the reverse proxies right before the console, whose `x-forwarded-for` it passes on. */
  trustedProxies: new Set(
    (process.env.WEIR_CONSOLE_TRUSTED_PROXIES ?? '').split(',').filter((address) => address !== ''),
  ),
  isDevelopment: process.env.NODE_ENV === 'development',
});
