export type LogLevel = 'info' | 'warn' | 'error';

/** `fields` must never hold bodies, tokens, keys or header values. */
export type Log = (level: LogLevel, message: string, fields?: Record<string, unknown>) => void;

/** One JSON line per entry on stdout. */
export function jsonLog(service: string): Log {
  return (level, message, fields) => {
    process.stdout.write(`${JSON.stringify({ time: new Date().toISOString(), level, service, message, ...fields })}\n`);
  };
}
