/**
 * The ClickHouse server, which npm ships as a shared library. The call below blocks until the server is told to stop,
 * so this process owns nothing else. Usage: clickhouse-server <libchdb.so> <argument>...
 */
import ffi from 'ffi-rs';

const { DataType, load, open } = ffi;
const [, , path = '', ...settings] = process.argv;
const library = 'chdb';

// ClickHouse listens only while this session lives; the server ends with it.
const session = [
  'SYSTEM START LISTEN HTTP',
  'SELECT sleepEachRow(1) FROM system.numbers FORMAT Null SETTINGS max_block_size = 1',
].join('; ');
const args = ['clickhouse', ...settings, `--query=${session}`];

open({ library, path });
const result = load({
  library,
  funcName: 'chdb_query_cmdline',
  retType: DataType.External,
  paramsType: [DataType.I32, DataType.StringArray],
  paramsValue: [args.length, args],
});

function resultError<T extends ffi.DataType.U64 | ffi.DataType.String>(retType: T) {
  return load({
    library,
    funcName: 'chdb_result_error',
    retType,
    paramsType: [DataType.External],
    paramsValue: [result],
  });
}

// Reading a null pointer as a string would end the process without a word.
if (resultError(DataType.U64)) console.error(resultError(DataType.String));
