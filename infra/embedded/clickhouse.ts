import { mkdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { ProcessSpec } from './child.js';
import { writeConfig } from './clickhouse-config.js';
import { serverEnvironment } from './environment.js';
import { type Home, passwordOf } from './home.js';
import { answersHttp, postSql } from './http.js';

export interface ClickHouse {
  readonly spec: ProcessSpec;
  /** For the worker and for migrations: everything inside databases whose name starts with `weir`. */
  readonly writerUrl: string;
  /** For the control plane: SELECT only. */
  readonly readerUrl: string;
  /** Makes the database; call it once the server is ready. */
  provide(database?: string): Promise<void>;
}

/** What tables of ours are made of. */
const ENGINES = ['MergeTree', 'ReplacingMergeTree', 'SummingMergeTree', 'AggregatingMergeTree', 'Memory'];

const WRITER_GRANTS = [
  'GRANT ALL ON weir*.*',
  'GRANT SELECT ON system.*',
  ...ENGINES.map((engine) => `GRANT TABLE ENGINE ON ${engine}`),
];

/** ClickHouse 26 out of an npm package, HTTP on the loopback address, with its data in `clickhouse` below the home. */
export function clickhouse(home: Home, port: number): ClickHouse {
  const writer = { name: 'weir', password: passwordOf(home, 'clickhouse-weir'), grants: WRITER_GRANTS };
  const reader = {
    name: 'weir_reader',
    password: passwordOf(home, 'clickhouse-weir-reader'),
    grants: ['GRANT SELECT ON weir*.*'],
  };
  const origin = `http://127.0.0.1:${port}`;
  const url = ({ name, password }: { name: string; password: string }) =>
    `http://${name}:${password}@127.0.0.1:${port}/weir`;
  const data = join(home.root, 'clickhouse');
  mkdirSync(data, { recursive: true, mode: 0o700 });
  const entry = fileURLToPath(new URL(`./clickhouse-server${extname(import.meta.url)}`, import.meta.url));
  return {
    writerUrl: url(writer),
    readerUrl: url(reader),
    spec: {
      name: 'clickhouse',
      command: process.execPath,
      args: [
        ...[entry, library(), `--config-file=${writeConfig(home.run, [writer, reader])}`, `--path=${data}`],
        ...['--listen_host=127.0.0.1', `--http_port=${port}`],
      ],
      env: serverEnvironment(),
      cwd: data,
      isReady: () => answersHttp(`${origin}/ping`),
      readyTimeoutMs: 60_000,
      // Ends the session and shuts the server down in order, in about a second and a half.
      stopSignal: 'SIGTERM',
      stopGraceMs: 15_000,
    },
    provide: (database = 'weir') => postSql(origin, writer, `CREATE DATABASE IF NOT EXISTS \`${database}\``),
  };
}

/** @throws when npm has no ClickHouse for this machine */
function library(): string {
  const libc = process.platform === 'linux' ? '-gnu' : '';
  const name = `@chdb/lib-${process.platform}-${process.arch}${libc}`;
  try {
    return join(dirname(createRequire(import.meta.url).resolve(`${name}/package.json`)), 'libchdb.so');
  } catch (cause) {
    throw new Error(
      `There is no embedded ClickHouse for ${process.platform}-${process.arch} (npm package ${name}). Point CLICKHOUSE_URL at your own server.`,
      { cause },
    );
  }
}
