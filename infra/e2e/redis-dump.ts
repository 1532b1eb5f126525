import { connect } from 'node:net';

type Reply = Buffer | number | null | Reply[];

const READ: Readonly<Record<string, (key: string) => string[]>> = {
  string: (key) => ['GET', key],
  hash: (key) => ['HGETALL', key],
  list: (key) => ['LRANGE', key, '0', '-1'],
  set: (key) => ['SMEMBERS', key],
  zset: (key) => ['ZRANGE', key, '0', '-1', 'WITHSCORES'],
  stream: (key) => ['XRANGE', key, '-', '+'],
};

/** Everything a Redis server holds: every key, its value as commands read it, and as DUMP serialises it. */
export async function redisDump(url: string): Promise<Buffer> {
  const { hostname, port, password } = new URL(url);
  const socket = connect({ host: hostname, port: Number(port) });
  const chunks: Buffer[] = [];
  const waiting: ((chunk: Buffer) => void)[] = [];
  socket.on('data', (chunk) => waiting.shift()?.(chunk));
  const ask = async (...command: string[]): Promise<Reply> => {
    const parts = command.map((part) => `$${Buffer.byteLength(part)}\r\n${part}\r\n`);
    socket.write(`*${command.length}\r\n${parts.join('')}`);
    let bytes: Buffer = Buffer.alloc(0);
    for (;;) {
      bytes = Buffer.concat([bytes, await new Promise<Buffer>((resolve) => waiting.push(resolve))]);
      const read = replyIn(bytes, 0);
      if (read) return read.reply;
    }
  };
  const keep = (reply: Reply): void => {
    if (Array.isArray(reply)) for (const part of reply) keep(part);
    else if (Buffer.isBuffer(reply)) chunks.push(reply, Buffer.from('\n'));
  };
  try {
    await ask('AUTH', password);
    const keys = (await ask('KEYS', '*')) as Buffer[];
    for (const key of keys.map(String)) {
      const type = String(await ask('TYPE', key));
      const read = READ[type];
      if (!read && type !== 'none') throw new Error(`no way to read a Redis ${type}`);
      chunks.push(Buffer.from(`${key}\n`));
      if (read) keep(await ask(...read(key)));
      keep(await ask('DUMP', key));
    }
    for (const about of ['CLIENT LIST', 'SLOWLOG GET 1000', 'CONFIG GET dir']) keep(await ask(...about.split(' ')));
  } finally {
    socket.destroy();
  }
  return Buffer.concat(chunks);
}

/** One reply of the Redis protocol (RESP2), or null while it is not whole. @throws on an error reply */
function replyIn(bytes: Buffer, from: number): { reply: Reply; end: number } | null {
  const lineEnd = bytes.indexOf('\r\n', from);
  if (lineEnd < 0) return null;
  const line = bytes.toString('utf8', from + 1, lineEnd);
  const after = lineEnd + 2;
  switch (String.fromCharCode(bytes[from] as number)) {
    case '+':
      return { reply: Buffer.from(line), end: after };
    case ':':
      return { reply: Number(line), end: after };
    case '$': {
      const length = Number(line);
      if (length < 0) return { reply: null, end: after };
      const end = after + length + 2;
      return bytes.length < end ? null : { reply: bytes.subarray(after, after + length), end };
    }
    case '*': {
      const parts: Reply[] = [];
      let at = after;
      for (let index = 0; index < Number(line); index++) {
        const part = replyIn(bytes, at);
        if (!part) return null;
        parts.push(part.reply);
        at = part.end;
      }
      return { reply: parts, end: at };
    }
    default:
      throw new Error(`Redis: ${line}`);
  }
}
