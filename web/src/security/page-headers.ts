/** Sent with every page beside its content security policy. */
export const PAGE_HEADERS: readonly (readonly [name: string, value: string])[] = [
  ['cache-control', 'private, no-store'],
  ['cross-origin-opener-policy', 'same-origin'],
  ['cross-origin-resource-policy', 'same-origin'],
  ['permissions-policy', 'camera=(), geolocation=(), microphone=(), payment=(), usb=()'],
  // Set-up and invitation links carry their token in the query.
  ['referrer-policy', 'no-referrer'],
  ['x-content-type-options', 'nosniff'],
  ['x-frame-options', 'DENY'],
];
