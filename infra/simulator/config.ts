import { z } from 'zod';

const milliseconds = z.coerce.number().int().min(0);

const environment = z.object({
  SIMULATOR_PORT: z.coerce.number().int().min(0).max(65_535).default(9090),
  SIMULATOR_HOST: z.string().default('127.0.0.1'),
  /** Comma-separated; empty = every credential is taken. */
  SIMULATOR_API_KEYS: z.string().default(''),
  SIMULATOR_LEDGER: z.string().optional(),
  SIMULATOR_FIRST_BYTE_MS: milliseconds.default(150),
  SIMULATOR_CHUNK_MS: milliseconds.default(15),
});

/** @throws z.ZodError naming every variable that is wrong. */
export function readConfig(env: Readonly<Record<string, string | undefined>> = process.env) {
  const values = environment.parse(env);
  return {
    port: values.SIMULATOR_PORT,
    host: values.SIMULATOR_HOST,
    apiKeys: values.SIMULATOR_API_KEYS.split(',').filter((key) => key !== ''),
    ...(values.SIMULATOR_LEDGER !== undefined && { ledgerFile: values.SIMULATOR_LEDGER }),
    firstByteMs: values.SIMULATOR_FIRST_BYTE_MS,
    chunkMs: values.SIMULATOR_CHUNK_MS,
  };
}
