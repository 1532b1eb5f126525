import { createServer } from 'node:net';

/** A port of the loopback address that nobody listens on at this moment. */
export function freePort(host = '127.0.0.1'): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen({ port: 0, host }, () => {
      const address = server.address();
      const port = typeof address === 'object' && address ? address.port : 0;
      server.close(() => resolve(port));
    });
  });
}

export interface WantedPort {
  readonly label: string;
  readonly host: string;
  readonly port: number;
  /** Environment variable that moves it. */
  readonly variable: string;
}

async function fault(wanted: WantedPort): Promise<string | null> {
  const code = await new Promise<string | null>((resolve) => {
    const server = createServer();
    server.once('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? 'UNKNOWN'));
    server.listen({ port: wanted.port, host: wanted.host, exclusive: true }, () => server.close(() => resolve(null)));
  });
  if (code === null) return null;
  const where = `${wanted.host}:${wanted.port} (${wanted.label})`;
  const advice = `choose another with ${wanted.variable}=<port>`;
  if (code === 'EADDRINUSE') return `${where} is taken by another program; ${advice}`;
  if (code === 'EACCES') return `${where} needs more rights than this user has; ${advice}`;
  return `${where} cannot be listened on (${code}); ${advice}`;
}

/** One sentence for each port that cannot be had; empty when all are free. */
export async function portFaults(wanted: readonly WantedPort[]): Promise<string[]> {
  const faults: string[] = [];
  const owners = new Map<number, WantedPort>();
  for (const each of wanted) {
    const owner = owners.get(each.port);
    owners.set(each.port, each);
    if (owner) faults.push(`port ${each.port} is wanted twice: by ${owner.variable} and by ${each.variable}`);
    else {
      const found = await fault(each);
      if (found) faults.push(found);
    }
  }
  return faults;
}
