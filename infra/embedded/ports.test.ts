import { createServer, type Server } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { freePort, portFaults, type WantedPort } from './ports.js';

const servers: Server[] = [];
afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => new Promise((resolve) => server.close(resolve))));
});

async function takenPort(): Promise<number> {
  const server = createServer();
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return (server.address() as { port: number }).port;
}

const wanted = (port: number, variable: string): WantedPort => ({ label: 'proxy', host: '127.0.0.1', port, variable });

test('a port that somebody listens on is named together with the variable that moves it', async () => {
  const taken = await takenPort();
  const faults = await portFaults([wanted(await freePort(), 'A'), wanted(taken, 'WEIR_PROXY_PORT')]);
  expect(faults).toEqual([
    `127.0.0.1:${taken} (proxy) is taken by another program; choose another with WEIR_PROXY_PORT=<port>`,
  ]);
});

test('two of our own that want one port are named both', async () => {
  const port = await freePort();
  expect(await portFaults([wanted(port, 'A'), wanted(port, 'B')])).toEqual([
    `port ${port} is wanted twice: by A and by B`,
  ]);
});

test('an address that this machine does not have is a fault, not a crash', async () => {
  const [fault] = await portFaults([{ ...wanted(await freePort(), 'WEIR_HOST'), host: '203.0.113.7' }]);
  expect(fault).toContain('EADDRNOTAVAIL');
});
