import { execFileSync, spawnSync } from 'node:child_process';
import type { LookupAddress } from 'node:dns';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer as createTcpServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createServer, type Server, type TlsOptions } from 'node:tls';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { Resolver } from '../src/upstream/address-guard.js';
import { call } from './support/client.js';
import { type ProxyOptions, provider, type RunningProxy, snapshotOf, startProxy, token } from './support/harness.js';

const app = token();
let proxy: RunningProxy | undefined;
const servers: { close(): unknown }[] = [];
afterEach(async () => {
  await proxy?.close();
  proxy = undefined;
  for (const server of servers.splice(0)) server.close();
});

async function ask(baseUrl: string, allowedHosts: readonly string[], options: ProxyOptions = {}) {
  proxy = await startProxy({
    ...options,
    snapshot: {
      ...snapshotOf({ providers: [provider({ name: 'main', baseUrl, secret: 'sk' })], tokens: [app.entry] }),
      allowedHosts: [...allowedHosts],
    },
  });
  const answer = await call(`${proxy.origin}/llm/v1/providers/main/v1/models`, {
    headers: { authorization: `Bearer ${app.text}` },
    agent: false,
  });
  return { status: answer.status, code: answer.headers['x-weir-error'], message: answer.body.toString() };
}

const resolverTo = (...answers: string[][]) => {
  let turn = 0;
  return new Resolver((_hostname, callback) => {
    const addresses = answers[Math.min(turn++, answers.length - 1)] as string[];
    callback(
      null,
      addresses.map((address): LookupAddress => ({ address, family: address.includes(':') ? 6 : 4 })),
    );
  });
};

describe('an address that is not public is not connected to', () => {
  let port: number;
  let visits = 0;
  beforeAll(async () => {
    const trap = createTcpServer((socket) => {
      visits++;
      socket.destroy();
    });
    await new Promise<void>((resolve) => trap.listen(0, resolve));
    port = (trap.address() as { port: number }).port;
    servers.length = 0;
    closeTrap = () => trap.close();
  });
  let closeTrap = () => undefined as unknown;
  afterAll(() => closeTrap());

  it.each([
    '127.0.0.1',
    '127.1',
    '0x7f.1',
    '0x7f000001',
    '2130706433',
    '017700000001',
    '0.0.0.0',
    '[::1]',
    '[::]',
    '[::ffff:127.0.0.1]',
    '[::ffff:7f00:1]',
    '[::127.0.0.1]',
    '[64:ff9b::7f00:1]',
    '[2002:7f00:1::]',
    'localhost',
    'localhost.',
    'LOCALHOST',
    '①②⑦.⓪.⓪.①',
    '127。0。0。1',
  ])('spelled %s', async (host) => {
    const { status, code } = await ask(`https://${host}:${port}`, []);
    expect([status, code]).toEqual([502, 'upstream_unreachable']);
    expect(visits).toBe(0);
  });

  it.each<[string, string[]]>([
    ['resolves to it', ['127.0.0.1']],
    ['resolves to it in IPv6', ['::1']],
    ['resolves to it and others of its kind', ['127.0.0.1', '10.0.0.1', '::1', '169.254.169.254']],
    ['resolves to it wrapped', ['::ffff:127.0.0.1', '64:ff9b::7f00:1']],
  ])('when a name %s', async (_what, addresses) => {
    const { status, message } = await ask(`https://api.example:${port}`, [], { resolver: resolverTo(addresses) });
    expect(status).toBe(502);
    expect(message).toMatch(/WEIR_ALLOWED_HOSTS/);
    expect(visits).toBe(0);
  });

  it('because its neighbour is listed', async () => {
    expect(
      (await ask(`http://127.0.0.1:${port}`, [`127.0.0.1:${port + 1}`, `127.0.0.2:${port}`, 'localhost'])).status,
    ).toBe(502);
    expect(visits).toBe(0);
  });

  it('unless it is listed itself', async () => {
    await ask(`http://127.0.0.1:${port}`, [`127.0.0.1:${port}`]);
    expect(visits).toBe(1);
  });
});

const hasOpenssl = spawnSync('openssl', ['version']).status === 0;

describe.skipIf(!hasOpenssl)('a TLS upstream', () => {
  const directory = mkdtempSync(join(tmpdir(), 'weir-tls-'));
  afterAll(() => rmSync(directory, { recursive: true, force: true }));

  function certificate(name: string): { key: Buffer; cert: Buffer } {
    const [key, cert] = [join(directory, `${name}.key`), join(directory, `${name}.pem`)];
    const subject = ['-subj', `/CN=${name}`, '-addext', `subjectAltName=DNS:${name}`];
    const curve = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];
    execFileSync('openssl', ['req', '-x509', ...curve, '-keyout', key, '-out', cert, '-days', '1', ...subject], {
      stdio: 'ignore',
    });
    return { key: readFileSync(key), cert: readFileSync(cert) };
  }

  async function serve(options: TlsOptions): Promise<{ port: number; requests: string[] }> {
    const requests: string[] = [];
    const server: Server = createServer(options, (socket) => {
      socket.on('error', () => undefined);
      socket.on('data', (chunk) => {
        requests.push(chunk.toString());
        socket.write('HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}');
      });
    });
    server.on('tlsClientError', () => undefined);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    servers.push(server);
    return { port: (server.address() as { port: number }).port, requests };
  }

  const viaLoopback = (port: number, ca?: Buffer) =>
    [
      `https://api.example:${port}`,
      [`api.example:${port}`],
      { resolver: resolverTo(['127.0.0.1']), ...(ca ? { ca } : {}) },
    ] as const;

  it('is called when its certificate is good', async () => {
    const good = certificate('api.example');
    const { port, requests } = await serve(good);
    expect((await ask(...viaLoopback(port, good.cert))).status).toBe(200);
    expect(requests[0]).toMatch(new RegExp(`^GET /v1/models HTTP/1\\.1\r\nhost: api\\.example:${port}\r\n`));
  });

  it.each<[string, () => { options: TlsOptions; ca?: Buffer }]>([
    ['nobody vouches for it', () => ({ options: certificate('api.example') })],
    [
      'it is another host’s',
      () => {
        const other = certificate('other.example');
        return { options: other, ca: other.cert };
      },
    ],
    [
      'it speaks no TLS newer than 1.1',
      () => {
        const good = certificate('api.example');
        return {
          options: { ...good, minVersion: 'TLSv1', maxVersion: 'TLSv1.1', ciphers: 'DEFAULT@SECLEVEL=0' },
          ca: good.cert,
        };
      },
    ],
  ])('is sent nothing when %s', async (_why, make) => {
    const { options, ca } = make();
    const { port, requests } = await serve(options);
    const { status, code } = await ask(...viaLoopback(port, ca));
    expect([status, code]).toEqual([502, 'upstream_unreachable']);
    expect(requests).toEqual([]);
  });
});
