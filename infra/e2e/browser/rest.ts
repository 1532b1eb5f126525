/// <reference lib="dom" />

/** Runs in a page: it shows what it has, not its skeleton. */
export const isAtRest = (): boolean =>
  document.fonts.status === 'loaded' && !document.querySelector('.skeleton, [aria-busy="true"]');
