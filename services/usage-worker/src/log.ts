type Level = 'info' | 'warn' | 'error';

/** `fields` must never hold bodies, tokens or keys. */
export type Log = (level: Level, message: string, fields?: Readonly<Record<string, unknown>>) => void;

// Whoever read the log may be gone; that is no reason to lose batches in hand.
process.stdout.on('error', () => undefined);

/** One JSON line per entry on stdout. */
export const jsonLog: Log = (level, message, fields) => {
  const entry = { time: new Date().toISOString(), level, service: 'usage-worker', message, ...fields };
  process.stdout.write(`${JSON.stringify(entry)}\n`);
};
