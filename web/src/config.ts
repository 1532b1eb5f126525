/** Read at run time, never at build time: the same build serves every installation. */
export const config = Object.freeze({
  controlUrl: process.env.WEIR_CONTROL_URL ?? 'http://127.0.0.1:4000',
  isDevelopment: process.env.NODE_ENV === 'development',
});
