import { randomBytes, randomUUID } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { migrate, PrismaClient, PrismaPg, type Role } from '@weir/prisma';
import { hashPassword } from '../src/accounts/password.js';
import { loadConfig } from '../src/platform/config.js';
import { type ControlPlane, startControlPlane } from '../src/server.js';
import { Caller } from './caller.js';
import { startPostgres } from './postgres.js';

export const PASSWORD = 'correct horse battery staple';

export interface System {
  readonly control: ControlPlane;
  readonly prisma: PrismaClient;
  readonly env: NodeJS.ProcessEnv;
  readonly setupLinkFile: string;
  /** The token of the one-time link, as the operator finds it. */
  setUpToken(): Promise<string>;
  /** A browser that nobody has signed in with. */
  caller(headers?: Record<string, string>): Caller;
  /** A project of its own with the three environments. @returns its id */
  makeProject(): Promise<string>;
  makeAccount(
    projectId: string,
    role: Role,
    displayName?: string,
  ): Promise<{ email: string; accountId: string; memberId: string }>;
  signedIn(projectId: string, role: Role): Promise<Caller>;
  stop(): Promise<void>;
}

/** The real service on real PostgreSQL, ports picked by the system. `env` overrides single settings. */
export async function startSystem(env: NodeJS.ProcessEnv = {}): Promise<System> {
  const postgres = await startPostgres();
  const folder = await mkdtemp(join(tmpdir(), 'weir-control-'));
  const databaseUrl = await postgres.createDatabase('weir');
  await migrate(databaseUrl);
  const setupLinkFile = join(folder, 'setup-link');
  const full: NodeJS.ProcessEnv = {
    DATABASE_URL: databaseUrl,
    // Nothing listens here: what asks ClickHouse answers with an error, and nothing else depends on it.
    CLICKHOUSE_URL: 'http://nobody:none@127.0.0.1:9/none',
    WEIR_MASTER_KEY: randomBytes(32).toString('base64'),
    WEIR_CONTROL_PORT: '0',
    WEIR_CONTROL_INTERNAL_PORT: '0',
    WEIR_SETUP_LINK_FILE: setupLinkFile,
    ...env,
  };
  const control = await startControlPlane(loadConfig(full));
  const prisma = new PrismaClient({ adapter: new PrismaPg({ connectionString: databaseUrl, max: 4 }) });
  let passwordHash: string | undefined;

  const self: System = {
    control,
    prisma,
    env: full,
    setupLinkFile,
    async setUpToken() {
      const link = new URL((await readFile(setupLinkFile, 'utf8')).trim());
      return link.searchParams.get('token') ?? '';
    },
    caller: (headers) => new Caller(control.url, headers),
    async makeProject() {
      const name = `project-${randomUUID()}`;
      const { id } = await prisma.project.create({
        data: {
          name,
          displayName: name,
          environments: { create: ['production', 'staging', 'development'].map((stage) => ({ name: stage })) },
        },
      });
      return id;
    },
    async makeAccount(projectId, role, displayName = role) {
      passwordHash ??= await hashPassword(PASSWORD);
      const email = `${role}-${randomUUID()}@example.test`;
      const account = await prisma.account.create({
        data: { email, displayName, passwordHash, members: { create: { projectId, role } } },
        include: { members: true },
      });
      return { email, accountId: account.id, memberId: account.members[0]?.id ?? '' };
    },
    async signedIn(projectId, role) {
      const { email } = await self.makeAccount(projectId, role);
      const caller = self.caller();
      await caller.signIn(email, PASSWORD);
      return caller;
    },
    async stop() {
      await control.stop();
      await prisma.$disconnect();
      await postgres.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
  return self;
}
