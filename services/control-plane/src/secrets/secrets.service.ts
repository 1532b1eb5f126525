import { Inject, Injectable } from '@nestjs/common';
import { AuditService } from '../platform/audit.service.js';
import { CONFIG, type Config } from '../platform/config.js';
import { Conflict, NotFound } from '../platform/errors.js';
import { PrismaService, type Transaction } from '../platform/prisma.service.js';
import type { Viewer } from '../platform/viewer.js';
import { Configuration } from '../publishing/configuration.service.js';
import { rotateInPlace } from './rotate.js';
import { sealStored } from './seal.js';
import { parseSecretId } from './secret-id.js';
import { cleanSecretValue, lastFourOf } from './secret-value.js';
import type { CreateSecretInput, RotateSecretInput } from './secrets.inputs.js';
import { type SecretType, toSecretType, WITH_USERS } from './secrets.types.js';
import { tokenOriginOf } from './service-account.js';

const MAX_LISTED = 1_000;

@Injectable()
export class SecretsService {
  constructor(
    private readonly prisma: PrismaService,
    private readonly configuration: Configuration,
    private readonly audit: AuditService,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  async list({ projectId }: Viewer): Promise<SecretType[]> {
    const rows = await this.prisma.secret.findMany({
      where: { projectId },
      include: WITH_USERS,
      orderBy: { secretId: 'asc' },
      take: MAX_LISTED,
    });
    return rows.map(toSecretType);
  }

  /** @throws InputError, Conflict `SECRET_EXISTS` */
  async create(viewer: Viewer, input: CreateSecretInput): Promise<SecretType> {
    const { projectId } = viewer;
    const identity = { projectId, secretId: parseSecretId(input.secretId), version: 1 };
    const value = cleanSecretValue(input.value, 'value');
    return this.configuration.change(projectId, async (tx) => {
      const { secretId } = identity;
      if (await tx.secret.findUnique({ where: { projectId_secretId: { projectId, secretId } } })) {
        throw new Conflict(
          'SECRET_EXISTS',
          `${secretId} exists already. Rotate it, or choose another name.`,
          'secretId',
        );
      }
      const sealed = sealStored(this.config.masterKey, value, identity);
      const data = { ...identity, sealed, lastFour: lastFourOf(value), boundOrigins: [] };
      const row = await tx.secret.create({ data, include: WITH_USERS });
      await this.audit.record(tx, viewer, 'secret.create', secretId);
      return toSecretType(row);
    });
  }

  /** @throws InputError, NotFound */
  async rotate(viewer: Viewer, input: RotateSecretInput): Promise<SecretType> {
    const value = cleanSecretValue(input.value, 'value');
    return this.configuration.change(viewer.projectId, async (tx) => {
      const { masterKey, allowedHosts } = this.config;
      const found = await this.find(tx, viewer, input.secretId);
      const row = await rotateInPlace(tx, masterKey, found, value, (slot, sealedFor) =>
        slot === 'service_account_key' ? tokenOriginOf(value, 'value', allowedHosts) : sealedFor,
      );
      await this.audit.record(tx, viewer, 'secret.rotate', row.secretId, { version: row.version });
      return toSecretType(await tx.secret.findUniqueOrThrow({ where: { id: row.id }, include: WITH_USERS }));
    });
  }

  /** @throws NotFound, Conflict `SECRET_IN_USE` naming the users */
  async delete(viewer: Viewer, secretId: string): Promise<boolean> {
    return this.configuration.change(viewer.projectId, async (tx) => {
      const row = await this.find(tx, viewer, secretId);
      const { usedBy } = toSecretType(row);
      if (usedBy.length > 0) {
        const names = usedBy.join(', ');
        throw new Conflict('SECRET_IN_USE', `${secretId} is used by ${names}. Point them at another secret first.`);
      }
      await tx.secret.delete({ where: { id: row.id } });
      await this.audit.record(tx, viewer, 'secret.delete', secretId);
      return true;
    });
  }

  private async find(tx: Transaction, { projectId }: Viewer, secretId: string) {
    const where = { projectId_secretId: { projectId, secretId } };
    const row = await tx.secret.findUnique({ where, include: WITH_USERS });
    if (!row) throw new NotFound(`There is no secret ${secretId}.`);
    return row;
  }
}
