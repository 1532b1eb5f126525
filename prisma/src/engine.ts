import {
  bindMigrationAwareSqlAdapterFactory,
  mockMigrationAwareAdapterFactory,
  type SqlMigrationAwareDriverAdapterFactory,
} from '@prisma/driver-adapter-utils';
import type { DiffTarget, SchemaEngine } from '@prisma/schema-engine-wasm';

/** Loaded on use: the WebAssembly module costs 100 ms that a process which only queries need not pay. */
export async function openEngine(adapter: SqlMigrationAwareDriverAdapterFactory): Promise<SchemaEngine> {
  const { SchemaEngine } = await import('@prisma/schema-engine-wasm');
  return SchemaEngine.new(
    { datamodels: [['schema.prisma', 'datasource db {\n  provider = "postgresql"\n}\n']] },
    () => {},
    bindMigrationAwareSqlAdapterFactory(adapter),
  );
}

export const NO_FILTERS = { externalTables: [], externalEnums: [] };

/** Answers the one question the engine asks when it only compares two schemas: which PostgreSQL is this? */
async function withoutDatabase(): Promise<SqlMigrationAwareDriverAdapterFactory> {
  const mock = mockMigrationAwareAdapterFactory('postgres');
  const connection: Awaited<ReturnType<typeof mock.connect>> = {
    ...(await mock.connect()),
    dispose: async () => {},
    queryRaw: async () => ({
      columnNames: ['exists', 'version', 'numeric_version'],
      columnTypes: [5, 7, 0],
      rows: [[true, 'PostgreSQL 18.0', 180_000]],
    }),
  };
  return { ...mock, connect: async () => connection, connectToShadowDb: async () => connection };
}

/** SQL that turns the schema `from` (null = an empty database) into the schema `to`; both are Prisma schema texts. */
export async function diffSchemas(from: string | null, to: string): Promise<string> {
  const engine = await openEngine(await withoutDatabase());
  try {
    const target = (content: string): DiffTarget => ({
      tag: 'schemaDatamodel',
      files: [{ path: 'schema.prisma', content }],
    });
    const { stdout } = await engine.diff({
      from: from === null ? { tag: 'empty' } : target(from),
      to: target(to),
      script: true,
      exitCode: null,
      filters: NO_FILTERS,
    });
    return stdout ?? '';
  } finally {
    engine.free();
  }
}
