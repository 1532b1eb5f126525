import { BlockList, isIP } from 'node:net';

/**
 * Ranges no provider may live in, after the IANA special-purpose address registries
 * (https://www.iana.org/assignments/iana-ipv4-special-registry, iana-ipv6-special-registry).
 */
const SPECIAL_IPV4: ReadonlyArray<readonly [network: string, prefix: number, what: string]> = [
  ['0.0.0.0', 8, 'an address of this host'],
  ['10.0.0.0', 8, 'a private address'],
  ['100.64.0.0', 10, 'a carrier-grade NAT address'],
  ['127.0.0.0', 8, 'a loopback address'],
  ['169.254.0.0', 16, 'a link-local address (cloud metadata lives there)'],
  ['172.16.0.0', 12, 'a private address'],
  ['192.0.0.0', 24, 'a reserved address'],
  ['192.0.2.0', 24, 'a documentation address'],
  ['192.31.196.0', 24, 'a reserved address'],
  ['192.52.193.0', 24, 'a reserved address'],
  ['192.88.99.0', 24, 'a 6to4 relay address'],
  ['192.168.0.0', 16, 'a private address'],
  ['192.175.48.0', 24, 'a reserved address'],
  ['198.18.0.0', 15, 'a benchmarking address'],
  ['198.51.100.0', 24, 'a documentation address'],
  ['203.0.113.0', 24, 'a documentation address'],
  ['224.0.0.0', 4, 'a multicast address'],
  ['240.0.0.0', 4, 'a reserved address'],
  // Public ranges that cloud hosts answer from the inside: Azure's wire server and Alibaba's metadata.
  ['168.63.129.16', 32, 'a cloud metadata address'],
  ['100.100.100.200', 32, 'a cloud metadata address'],
];

/** Only 2000::/3 is handed out as global unicast; these parts of it are not, or tunnel to an address inside them. */
const SPECIAL_IPV6: ReadonlyArray<readonly [network: string, prefix: number, what: string]> = [
  ['2001::', 23, 'a reserved address (Teredo, benchmarking, ORCHID)'],
  ['2001:db8::', 32, 'a documentation address'],
  ['2002::', 16, 'a 6to4 address'],
  ['2620:4f:8000::', 48, 'a reserved address'],
  ['3fff::', 20, 'a documentation address'],
];

type Rule = { readonly list: BlockList; readonly what: string };
const rules = (table: typeof SPECIAL_IPV4, family: 'ipv4' | 'ipv6'): Rule[] =>
  table.map(([network, prefix, what]) => {
    const list = new BlockList();
    list.addSubnet(network, prefix, family);
    return { list, what };
  });

const IPV4_RULES = rules(SPECIAL_IPV4, 'ipv4');
const IPV6_RULES = rules(SPECIAL_IPV6, 'ipv6');
const GLOBAL_UNICAST = new BlockList();
GLOBAL_UNICAST.addSubnet('2000::', 3, 'ipv6');

/** What kind of address this is when a provider may not live there; null when it is publicly routable. */
export function whyNotPublic(address: string): string | null {
  switch (isIP(address)) {
    case 4:
      return IPV4_RULES.find(({ list }) => list.check(address, 'ipv4'))?.what ?? null;
    case 6:
      // A zone (`fe80::1%eth0`) only exists on addresses that never leave the link.
      if (address.includes('%')) return 'a link-local address';
      // Refuses IPv4-mapped, IPv4-compatible, NAT64, unique-local, link-local, site-local and multicast in one go.
      if (!GLOBAL_UNICAST.check(address, 'ipv6')) return 'not a publicly routable address';
      return IPV6_RULES.find(({ list }) => list.check(address, 'ipv6'))?.what ?? null;
    default:
      return 'not an IP address';
  }
}
