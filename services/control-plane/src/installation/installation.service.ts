import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { newId, WeirError } from '@weir/contracts';
import { AccountsService } from '../accounts/accounts.service.js';
import type { ViewerType } from '../accounts/accounts.types.js';
import { email as emailSchema } from '../accounts/email.js';
import { hashPassword } from '../accounts/password.js';
import { AuditService } from '../platform/audit.service.js';
import { CONFIG, type Config } from '../platform/config.js';
import { InputError } from '../platform/errors.js';
import type { GraphqlContext } from '../platform/graphql-context.js';
import { PrismaService, type Transaction } from '../platform/prisma.service.js';
import type { Viewer } from '../platform/viewer.js';
import { digestOf, mintOneTimeToken } from '../sessions/one-time-token.js';
import { SessionsService } from '../sessions/sessions.service.js';
import type { InstallationType, SetUpInput } from './installation.types.js';
import { announceSetUpLink, withdrawSetUpLink } from './set-up-link.js';

const ROW = { id: 1 } as const;
const LINK_LIVES_MS = 24 * 3_600_000;
const DEFAULT_PROJECT = { name: 'default', displayName: 'Default' } as const;
const ENVIRONMENTS = ['production', 'staging', 'development'] as const;
/** Replicas that start together prepare one after the other. */
const LOCK_ID = 7_239_841_065_118n;

@Injectable()
export class InstallationService implements OnModuleInit {
  constructor(
    private readonly prisma: PrismaService,
    private readonly audit: AuditService,
    private readonly sessions: SessionsService,
    private readonly accounts: AccountsService,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** Runs before anything listens. @throws WeirError `MASTER_KEY_MISMATCH`, `ADMIN_EMAIL_INVALID` */
  async onModuleInit(): Promise<void> {
    const { admin } = this.config;
    const wanted = admin && (await this.#adminFromConfig(admin));
    await this.prisma.$transaction(async (tx) => {
      await tx.$executeRaw`SELECT pg_advisory_xact_lock(${LOCK_ID})`;
      await this.#checkMasterKey(tx);
      await createDefaultProject(tx);
      if (!wanted || (await tx.account.count()) > 0) return;
      await this.#createAdmin(tx, wanted.email, wanted.email, wanted.passwordHash);
      await tx.installation.update({ where: ROW, data: COMPLETED() });
      await this.audit.record(tx, null, 'installation.set_up', wanted.email);
    });
  }

  /**
   * While nobody can sign in: mints a set-up link, which voids the one before it, and hands it to the operator. Called
   * once the ports are ours, so that a process that cannot start does not void the link of the one that runs.
   */
  async announce(): Promise<void> {
    const { publicConsoleUrl, setupLinkFile } = this.config;
    const { token, digest } = mintOneTimeToken();
    const { count } = await this.prisma.installation.updateMany({
      where: { ...ROW, completedAt: null },
      data: { setupDigest: digest, setupExpires: new Date(Date.now() + LINK_LIVES_MS) },
    });
    if (count === 0) await withdrawSetUpLink(setupLinkFile);
    else await announceSetUpLink(`${publicConsoleUrl}/setup?token=${token}`, setupLinkFile);
  }

  async describe(viewer: Viewer | null): Promise<InstallationType> {
    const row = await this.prisma.installation.findUnique({ where: ROW });
    return { setUpOpen: row?.completedAt == null, signedIn: viewer !== null, version: this.config.version };
  }

  /** @throws InputError `SETUP_LINK_INVALID` when the token is wrong, used or too old */
  async setUp(context: GraphqlContext, input: SetUpInput): Promise<ViewerType> {
    const digest = digestOf(input.token);
    const stillOpen = { ...ROW, completedAt: null, setupDigest: digest, setupExpires: { gt: new Date() } };
    if ((await this.prisma.installation.count({ where: stillOpen })) === 0) throw linkInvalid();
    const passwordHash = await hashPassword(input.password);
    const viewer = await this.prisma.$transaction(async (tx) => {
      // Whoever comes second with the same link changes no row.
      const { count } = await tx.installation.updateMany({ where: stillOpen, data: COMPLETED() });
      if (count === 0) throw linkInvalid();
      const accountId = await this.#createAdmin(tx, input.email, input.displayName, passwordHash);
      const opened = await this.sessions.open(tx, context, accountId);
      await this.audit.record(tx, opened, 'installation.set_up', input.email);
      return opened;
    });
    await withdrawSetUpLink(this.config.setupLinkFile);
    return this.accounts.describe(viewer);
  }

  async #adminFromConfig({ email, password }: { email: string; password: string }) {
    if ((await this.prisma.account.count()) > 0) return null;
    const parsed = emailSchema.safeParse(email);
    if (!parsed.success) throw new WeirError('ADMIN_EMAIL_INVALID', 'WEIR_ADMIN_EMAIL must be an e-mail address');
    return { email: parsed.data, passwordHash: await hashPassword(password.normalize('NFKC')) };
  }

  /** Secrets sealed and tokens hashed under another key would all be unusable: better not to start at all. */
  async #checkMasterKey(tx: Transaction): Promise<void> {
    const { keyId } = this.config.masterKey;
    const row = await tx.installation.upsert({ where: ROW, create: { ...ROW, masterKeyId: keyId }, update: {} });
    if (row.masterKeyId === null) {
      await tx.installation.update({ where: ROW, data: { masterKeyId: keyId } });
    } else if (row.masterKeyId !== keyId) {
      throw new WeirError(
        'MASTER_KEY_MISMATCH',
        `WEIR_MASTER_KEY is not the key this database was set up with (key ${row.masterKeyId}, given ${keyId}). ` +
          'Start with the former key; its secrets and tokens cannot be read without it.',
      );
    }
  }

  async #createAdmin(tx: Transaction, email: string, displayName: string, passwordHash: string): Promise<string> {
    const project = await tx.project.findUniqueOrThrow({ where: { name: DEFAULT_PROJECT.name } });
    const account = await tx.account.create({
      data: { email, displayName, passwordHash, members: { create: { projectId: project.id, role: 'admin' } } },
    });
    return account.id;
  }
}

const COMPLETED = () => ({ completedAt: new Date(), setupDigest: null, setupExpires: null });

const linkInvalid = () =>
  new InputError(
    'SETUP_LINK_INVALID',
    'This set-up link is used up or too old. Restart the control plane for a new one.',
    'token',
  );

async function createDefaultProject(tx: Transaction): Promise<void> {
  const project = await tx.project.upsert({
    where: { name: DEFAULT_PROJECT.name },
    create: DEFAULT_PROJECT,
    update: {},
  });
  if ((await tx.environment.count({ where: { projectId: project.id } })) > 0) return;
  await tx.environment.createMany({ data: ENVIRONMENTS.map((name) => ({ id: newId(), projectId: project.id, name })) });
}
