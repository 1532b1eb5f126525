import { once } from 'node:events';
import { type ClientHttp2Session, type ClientHttp2Stream, connect, type IncomingHttpHeaders } from 'node:http2';

export interface Http2Reply {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
  /** Code of the reset that ended it; 0 for an orderly end. */
  readonly rstCode: number;
  readonly isEnded: boolean;
}

/** A client that speaks HTTP/2 from the first byte, as the AWS SDK does. */
export async function connectHttp2(
  origin: string,
  options: Parameters<typeof connect>[1] = {},
): Promise<ClientHttp2Session> {
  const session = connect(origin, { strictSingleValueFields: false, ...options } as object);
  session.on('error', () => undefined);
  await once(session, 'connect');
  return session;
}

/** Everything that comes back on one stream. */
export function reply(stream: ClientHttp2Stream): Promise<Http2Reply> {
  return new Promise((resolve) => {
    let headers: IncomingHttpHeaders = {};
    let body = '';
    let isEnded = false;
    stream.setEncoding('utf8');
    stream.on('response', (each) => {
      headers = each;
    });
    stream.on('data', (chunk) => {
      body += chunk;
    });
    stream.on('end', () => {
      isEnded = true;
    });
    stream.on('error', () => undefined);
    stream.on('close', () => {
      resolve({ status: Number(headers[':status'] ?? 0), headers, body, rstCode: stream.rstCode ?? 0, isEnded });
    });
  });
}
