const SCHEMES: ReadonlySet<string> = new Set(['http:', 'https:', 'mailto:']);

export interface SafeAddress {
  readonly href: string;
  /** Where it leads, as a browser understands it: letters that look like others are spelled out. */
  readonly leadsTo: string;
}

/** An address that a person may follow; null = it is relative, of another scheme, or none at all. */
export function safeAddress(address: string): SafeAddress | null {
  if (!URL.canParse(address)) return null;
  const url = new URL(address);
  // Who signs in by a link does not see as whom.
  if (!SCHEMES.has(url.protocol) || url.username !== '' || url.password !== '') return null;
  return { href: url.href, leadsTo: url.protocol === 'mailto:' ? url.pathname : url.host };
}
