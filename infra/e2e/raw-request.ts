import { connect } from 'node:net';

export interface RawAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** The message came to the end it announced. */
  readonly isWhole: boolean;
}

/** Writes bytes to a connection of its own, as no HTTP library would, and reads until the other side closes it. */
export function rawRequest(origin: string, head: readonly string[], body = ''): Promise<RawAnswer> {
  const { hostname, port } = new URL(origin);
  return new Promise((resolve, reject) => {
    const socket = connect({ host: hostname, port: Number(port) });
    const chunks: Buffer[] = [];
    socket.on('data', (chunk) => chunks.push(chunk));
    // A reset after the answer is the answer's end; without one the parser below finds nothing.
    socket.on('error', () => undefined);
    socket.on('close', () => {
      const answer = parsed(Buffer.concat(chunks).toString('latin1'));
      if (answer) resolve(answer);
      else reject(new Error('the connection was closed without an answer'));
    });
    socket.write(`${[...head, 'connection: close'].join('\r\n')}\r\n\r\n${body}`);
  });
}

function parsed(text: string): RawAnswer | null {
  const end = text.indexOf('\r\n\r\n');
  const status = /^HTTP\/1\.1 (\d{3})/.exec(text)?.[1];
  if (end < 0 || status === undefined) return null;
  const lines = text.slice(0, end).split('\r\n').slice(1);
  const headers = Object.fromEntries(
    lines.map((line) => [line.slice(0, line.indexOf(':')).toLowerCase(), line.slice(line.indexOf(':') + 1).trim()]),
  );
  const body = text.slice(end + 4);
  const isWhole =
    headers['transfer-encoding'] === 'chunked'
      ? body.endsWith('0\r\n\r\n')
      : body.length === Number(headers['content-length']);
  return { status: Number(status), headers, body, isWhole };
}
