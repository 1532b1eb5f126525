// Runs the ClickHouse server that @chdb ships as a library, in this process, until it is killed.
// argv: folder, HTTP port
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

const require = createRequire(import.meta.url);
const { DataType, load, open } = require('ffi-rs');
const [, , folder, port] = process.argv;
const target = `@chdb/lib-${process.platform}-${process.arch}${process.platform === 'linux' ? '-gnu' : ''}`;
open({ library: 'chdb', path: join(dirname(require.resolve(`${target}/package.json`)), 'libchdb.so') });
const argv = [
  'clickhouse',
  `--path=${folder}`,
  '--listen_host=127.0.0.1',
  `--http_port=${port}`,
  '--query=SYSTEM START LISTEN HTTP; SELECT sleepEachRow(1) FROM system.numbers FORMAT Null SETTINGS max_block_size=1',
];
// The call never returns; libchdb needs the thread's own stack, so nothing else may run in this process.
load({
  library: 'chdb',
  funcName: 'chdb_query_cmdline',
  retType: DataType.External,
  paramsType: [DataType.I32, DataType.StringArray],
  paramsValue: [argv.length, argv],
});
