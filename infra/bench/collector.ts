import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A collector that takes whatever it is told. */
const server = createServer({ keepAliveTimeout: 120_000 }, (request, response) => {
  request.resume();
  request.on('end', () => response.writeHead(200, { 'content-type': 'application/x-protobuf' }).end());
});

server.listen(0, '127.0.0.1', () => process.send?.({ port: (server.address() as AddressInfo).port }));
