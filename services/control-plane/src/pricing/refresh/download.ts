import { isIP } from 'node:net';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { WeirError } from '@weir/contracts';
import { Agent, request } from 'undici';
import { hostPortOf } from '../../platform/config.js';
import { whyNotPublic } from '../../providers/address.js';
import { publicLookup } from '../../providers/connection/call.js';
import { findInTar } from './tar.js';

const LIMIT_MS = 60_000;
const MAX_BYTES = 32 * 1024 * 1024;
const MAX_UNPACKED_BYTES = 256 * 1024 * 1024;
const unzip = promisify(gunzip);

/**
 * Fetches a catalog: JSON, gzipped JSON, or a package of an npm registry that holds a `catalog.json`. Follows no redirect.
 * @param allowedHosts `host:port` that may be private
 * @throws WeirError `CATALOG_UNREACHABLE` or `CATALOG_REJECTED`
 */
export async function downloadCatalog(address: string, allowedHosts: readonly string[]): Promise<unknown> {
  const body = await fetchBytes(new URL(address), allowedHosts);
  try {
    return JSON.parse((await unpack(body)).toString('utf8'));
  } catch (cause) {
    throw new WeirError('CATALOG_REJECTED', 'what came is no catalog', { cause });
  }
}

async function unpack(body: Buffer): Promise<Buffer> {
  const isZipped = body[0] === 0x1f && body[1] === 0x8b;
  if (!isZipped) return body;
  const unzipped = await unzip(body, { maxOutputLength: MAX_UNPACKED_BYTES });
  return findInTar(unzipped, 'catalog.json') ?? unzipped;
}

async function fetchBytes(url: URL, allowedHosts: readonly string[]): Promise<Buffer> {
  const isListed = allowedHosts.includes(hostPortOf(url));
  if (!isListed && isIP(url.hostname) !== 0 && whyNotPublic(url.hostname) !== null) {
    throw new WeirError('CATALOG_UNREACHABLE', 'the catalog stands at a private address that is not listed');
  }
  const agent = new Agent({ connect: { timeout: 10_000, ...(isListed ? {} : { lookup: publicLookup }) } });
  try {
    const { statusCode, body } = await request(url, {
      dispatcher: agent,
      headers: { 'user-agent': 'weir' },
      signal: AbortSignal.timeout(LIMIT_MS),
    });
    if (statusCode !== 200) throw new WeirError('CATALOG_UNREACHABLE', `the catalog's server answered ${statusCode}`);
    const chunks: Buffer[] = [];
    let size = 0;
    for await (const chunk of body as AsyncIterable<Buffer>) {
      size += chunk.length;
      if (size > MAX_BYTES) throw new WeirError('CATALOG_REJECTED', 'the catalog is too large');
      chunks.push(chunk);
    }
    return Buffer.concat(chunks);
  } catch (cause) {
    if (cause instanceof WeirError) throw cause;
    throw new WeirError('CATALOG_UNREACHABLE', `the catalog cannot be fetched: ${(cause as Error).name}`, { cause });
  } finally {
    await agent.destroy();
  }
}
