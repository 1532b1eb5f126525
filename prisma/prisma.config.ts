import { defineConfig } from 'prisma/config';

// `generate`, `validate` and `format` never run the schema engine, yet the CLI would download it first.
// Naming any existing file as the engine keeps them working without a network.
if (/^(generate|validate|format)$/.test(process.argv[2] ?? '')) {
  process.env.PRISMA_SCHEMA_ENGINE_BINARY ??= process.execPath;
}

export default defineConfig({ schema: 'schema.prisma', migrations: { path: 'migrations' } });
