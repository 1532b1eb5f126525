import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const source = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** Packages are tested from their sources, so that a test never runs against a stale build. */
const alias = {
  '@weir/contracts': source('packages/contracts/src/index.ts'),
  '@weir/providers': source('packages/providers/src/index.ts'),
  '@weir/credentials': source('packages/credentials/src/index.ts'),
  '@weir/pricing': source('packages/pricing/src/index.ts'),
  '@weir/snippets': source('packages/snippets/src/index.ts'),
  '@weir/telemetry': source('packages/telemetry/src/index.ts'),
  '@weir/transcripts': source('packages/transcripts/src/index.ts'),
  '@weir/queue': source('packages/queue/src/index.ts'),
  '@weir/clickhouse': source('clickhouse/src/index.ts'),
  '@weir/prisma': source('prisma/src/index.ts'),
  // Node gives its CommonJS build to everybody, Vite the other one to us: two copies do not know each other's types.
  graphql: source('node_modules/graphql/index.js'),
};

const IGNORED = ['**/node_modules/**', '**/dist/**', '**/.next/**'];
/** Files wait for servers and clocks more than they compute: two at once even where vitest would allow itself one. */
const AT_ONCE = Math.max(2, availableParallelism() - 1);
/** Nothing else should eat the machine while whole systems are killed, and calls are left in the middle and counted. */
const ALONE = ['infra/e2e/{aborts,canary,conformance,durability,restatement,sdk,sessions}.test.ts'];
/** Faults, sizes and tools that are installed first, which take minutes: `npm run test:soak`. */
const SOAK = [
  'services/usage-worker/test/{crash,restatement-faults,restatement-size}.test.ts',
  'infra/test/seed.test.ts',
  'infra/e2e/{coding-clients,conformance-scale,connect-snippets,reports,seed}.test.ts',
];

export default defineConfig({
  resolve: { alias },
  test: {
    maxWorkers: AT_ONCE,
    reporters: ['default', './infra/testing/tally.ts'],
    // `isolate: false`, where files leave nothing behind in their process: modules are read once for many of them.
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          isolate: false,
          // Thousands of random cases take seconds, and many more on a machine that others use.
          testTimeout: 30_000,
          sequence: { groupOrder: 0 },
          include: [
            'packages/*/src/**/*.test.ts',
            'services/*/src/**/*.test.ts',
            'clickhouse/src/**/*.test.ts',
            'web/src/**/*.test.ts',
            'infra/{embedded,start,testing,demo,simulator,docker,bench,conformance,seed}/**/*.test.ts',
          ],
          exclude: IGNORED,
        },
      },
      {
        extends: true,
        test: {
          name: 'integration',
          isolate: false,
          // Processes are started and killed under real clocks: a second try tells a broken guarantee from a starved machine.
          retry: 1,
          sequence: { groupOrder: 1 },
          globalSetup: './infra/testing/postgres-server.ts',
          include: [
            'services/*/test/**/*.test.ts',
            'clickhouse/test/**/*.test.ts',
            'prisma/test/**/*.test.ts',
            'infra/test/**/*.test.ts',
          ],
          exclude: [...IGNORED, ...SOAK],
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'system',
          retry: 1,
          sequence: { groupOrder: 2 },
          include: ['infra/e2e/**/*.test.ts'],
          exclude: [...IGNORED, ...ALONE, ...SOAK],
          // Each is a whole system and a browser, which wait for each other most of the time.
          maxWorkers: 2,
          testTimeout: 600_000,
          hookTimeout: 300_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'alone',
          // As above, but what counts calls or kills processes allows itself no second try.
          retry: 1,
          sequence: { groupOrder: 3 },
          include: ALONE,
          exclude: IGNORED,
          fileParallelism: false,
          testTimeout: 600_000,
          hookTimeout: 300_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'soak',
          retry: 1,
          sequence: { groupOrder: 4 },
          globalSetup: './infra/testing/postgres-server.ts',
          include: SOAK,
          exclude: IGNORED,
          fileParallelism: false,
          testTimeout: 600_000,
          hookTimeout: 300_000,
        },
      },
    ],
  },
});
