import { Agent, type IncomingHttpHeaders, request } from 'node:http';
import { connect } from 'node:net';

export interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly rawHeaders: readonly string[];
  readonly body: Buffer;
  /** False when the connection broke before the answer was complete. */
  readonly isComplete: boolean;
}

export interface CallOptions {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string | string[]>>;
  readonly body?: string | Buffer;
  readonly agent?: Agent | false;
  /** Breaks off once this many bytes of the answer have come. */
  readonly abortAfterBytes?: number;
}

const agent = new Agent({ keepAlive: true, maxSockets: 256 });

/** One call by a plain client that decodes and follows nothing. Rejects when no answer came at all. */
export function call(url: string, options: CallOptions = {}): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const { method = options.body === undefined ? 'GET' : 'POST', headers = {}, body } = options;
    const req = request(url, { method, headers, agent: options.agent ?? agent }, (res) => {
      const chunks: Buffer[] = [];
      let size = 0;
      const settle = () => {
        const { statusCode = 0, headers, rawHeaders, complete } = res;
        resolve({ status: statusCode, headers, rawHeaders, body: Buffer.concat(chunks), isComplete: complete });
      };
      res.on('data', (chunk: Buffer) => {
        chunks.push(chunk);
        size += chunk.length;
        if (options.abortAfterBytes !== undefined && size >= options.abortAfterBytes) req.destroy();
      });
      res.on('error', () => undefined);
      res.on('close', settle);
    });
    req.on('error', reject);
    req.end(body);
  });
}

/** Sends bytes as they are and returns everything that came back until the peer closed or `until` is satisfied. */
export function raw(
  port: number,
  bytes: string | Buffer,
  until: (text: string) => boolean = () => false,
): Promise<string> {
  return new Promise((resolve) => {
    let text = '';
    const socket = connect(port, '127.0.0.1', () => socket.write(bytes));
    const settle = () => {
      clearTimeout(timer);
      socket.destroy();
      resolve(text);
    };
    // What has not come by then will not: the proxy answers what it refuses at once.
    const timer = setTimeout(settle, 3_000);
    socket.on('data', (chunk) => {
      text += chunk.toString('latin1');
      if (until(text)) settle();
    });
    socket.on('error', settle);
    socket.on('close', settle);
  });
}

/** Satisfied once the text holds a whole response with a declared length. */
export function oneResponse(text: string): boolean {
  const end = text.indexOf('\r\n\r\n');
  const length = /content-length: (\d+)/i.exec(text.slice(0, end));
  return end >= 0 && length !== null && text.length >= end + 4 + Number(length[1]);
}
