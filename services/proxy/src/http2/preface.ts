import type { Socket } from 'node:net';

/** RFC 9113 section 3.4. No HTTP/1.1 request begins like this. */
const PREFACE = Buffer.from('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n', 'latin1');

export type Version = 'http1' | 'http2';

/** What the first bytes of a connection speak; null while they could be either. */
export function versionOf(first: Buffer): Version | null {
  const length = Math.min(first.length, PREFACE.length);
  if (PREFACE.compare(first, 0, length, 0, length) !== 0) return 'http1';
  return length === PREFACE.length ? 'http2' : null;
}

/**
 * Reads the first bytes of a connection, puts them back and hands it over. A connection that sends none in time is
 * given to `onSilent`. Returns a function that gives up at once.
 */
export function tellApart(
  socket: Socket,
  withinMs: number,
  onVersion: (version: Version) => void,
  onSilent: () => void,
): void {
  let first: Buffer = Buffer.alloc(0);
  const settle = () => {
    clearTimeout(timer);
    socket.off('readable', onReadable).off('end', onEnd).off('close', settle);
  };
  const onReadable = () => {
    const chunk: Buffer | null = socket.read();
    if (chunk === null) return;
    first = first.length === 0 ? chunk : Buffer.concat([first, chunk]);
    const version = versionOf(first);
    if (version === null) return;
    settle();
    socket.unshift(first);
    onVersion(version);
    socket.off('error', ignore);
  };
  const onEnd = () => {
    settle();
    socket.destroy();
  };
  const timer = setTimeout(() => {
    settle();
    onSilent();
  }, withinMs).unref();
  socket.on('readable', onReadable).on('end', onEnd).on('close', settle).on('error', ignore);
}

/** A connection that breaks before it has said anything concerns nobody. */
function ignore(): void {}
