import { type LookupAddress, lookup as systemLookup } from 'node:dns';
import { isIP } from 'node:net';
import { WeirError } from '@weir/contracts';
import ipaddr from 'ipaddr.js';

const FRESH_MS = 5_000;
/** A name that resolved lately goes on working while its servers fail (RFC 8767 serves stale data the same way). */
const STALE_MS = 300_000;
const MAX_NAMES = 10_000;

/** Azure's host endpoint answers metadata requests on an address that is otherwise public. */
const METADATA = new Set(['168.63.129.16']);
const GLOBAL_UNICAST_V6 = ipaddr.parseCIDR('2000::/3') as [ipaddr.IPv6, number];
const DOCUMENTATION_V6 = ipaddr.parseCIDR('3fff::/20') as [ipaddr.IPv6, number];

export class AddressRefused extends WeirError {
  constructor(host: string) {
    super('ADDRESS_REFUSED', `${host} is a private address that the operator has not listed`);
  }
}

/**
 * Whether an address may be connected to without being listed. Everything that is not plainly public is refused:
 * private, loopback, link-local, carrier-grade NAT, multicast, documentation, and IPv6 forms that wrap an IPv4 address.
 */
export function isPublicAddress(address: string): boolean {
  const zoneless = address.split('%', 1)[0] as string;
  if (!isIP(zoneless) || METADATA.has(zoneless)) return false;
  const parsed = ipaddr.parse(zoneless);
  if (parsed.range() !== 'unicast') return false;
  if (parsed instanceof ipaddr.IPv4) return true;
  return parsed.match(GLOBAL_UNICAST_V6) && !parsed.match(DOCUMENTATION_V6);
}

export type ResolveAll = (
  hostname: string,
  callback: (error: NodeJS.ErrnoException | null, addresses: LookupAddress[]) => void,
) => void;

const resolveBySystem: ResolveAll = (hostname, callback) =>
  systemLookup(hostname, { all: true, order: 'verbatim' }, callback);

/** Resolves names for connections, and remembers the answers for a while. */
export class Resolver {
  private readonly known = new Map<string, { addresses: LookupAddress[]; atMs: number }>();

  constructor(
    private readonly resolveAll: ResolveAll = resolveBySystem,
    private readonly nowMs: () => number = () => performance.now(),
  ) {}

  lookup(hostname: string, callback: (error: Error | null, addresses: LookupAddress[]) => void): void {
    const known = this.known.get(hostname);
    const ageMs = known ? this.nowMs() - known.atMs : Number.POSITIVE_INFINITY;
    if (known && ageMs < FRESH_MS) {
      process.nextTick(callback, null, known.addresses);
      return;
    }
    this.resolveAll(hostname, (error, addresses) => {
      if (!error && addresses.length > 0) {
        if (this.known.size >= MAX_NAMES) this.known.clear();
        this.known.set(hostname, { addresses, atMs: this.nowMs() });
        callback(null, addresses);
      } else if (known && ageMs < STALE_MS) {
        callback(null, known.addresses);
      } else {
        callback(error ?? Object.assign(new Error(`${hostname} has no address`), { code: 'ENOTFOUND' }), []);
      }
    });
  }
}
