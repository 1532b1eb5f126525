/**
 * The `x-forwarded-for` to pass on. What a client claims counts only when the peer of the socket is a reverse proxy the
 * operator named.
 */
export function clientAddresses(
  claimed: string | string[] | undefined,
  peer: string,
  trustedProxies: ReadonlySet<string>,
): string {
  const address = peer.replace(/^::ffff:/, '');
  if (claimed === undefined || !trustedProxies.has(address)) return address;
  return `${[claimed].flat().join(', ')}, ${address}`;
}
