import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { Config } from '../../src/config.js';

const MAIN = fileURLToPath(new URL('../../dist/main.js', import.meta.url));

export interface WorkerProcess {
  readonly child: ChildProcess;
  /** Lines of its log so far. */
  readonly lines: string[];
  /** Resolves with the exit code, or the signal that ended it. */
  readonly ended: Promise<number | string>;
  kill(signal: 'SIGKILL' | 'SIGTERM'): Promise<number | string>;
}

/** The worker as it is run in production: its own process, configured by its environment. */
export function startWorkerProcess(config: Config, env: Readonly<Record<string, string>> = {}): WorkerProcess {
  const child = spawn(process.execPath, [MAIN], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: {
      PATH: process.env.PATH,
      WEIR_HOME: config.home,
      WEIR_WORKER_INTERNAL_PORT: '0',
      WEIR_DOOR_URL: config.doorUrl,
      WEIR_DOOR_TOKEN: config.doorToken,
      WEIR_QUEUE_URL: config.queueUrl,
      CLICKHOUSE_URL: config.clickhouseUrl,
      WEIR_WORKER_CONCURRENCY: String(config.concurrency),
      ...env,
    },
  });
  const lines: string[] = [];
  child.stdout?.setEncoding('utf8').on('data', (text: string) => lines.push(...text.split('\n').filter(Boolean)));
  const ended = once(child, 'exit').then(([code, signal]) => (code ?? signal) as number | string);
  return {
    child,
    lines,
    ended,
    async kill(signal) {
      child.kill(signal);
      return ended;
    },
  };
}
