import { Inject, Injectable } from '@nestjs/common';
import { Prisma } from '@weir/prisma';
import { PROVIDER_TYPE_DEFINITIONS } from '@weir/providers';
import { AuditService } from '../platform/audit.service.js';
import { CONFIG, type Config } from '../platform/config.js';
import { InputError } from '../platform/errors.js';
import { PrismaService } from '../platform/prisma.service.js';
import type { Viewer } from '../platform/viewer.js';
import { Configuration } from '../publishing/configuration.service.js';
import { listProviders } from './list.js';
import type { CreateProviderInput, ProviderFilter, UpdateProviderInput } from './providers.inputs.js';
import {
  type ProviderObject,
  type ProviderPage,
  type ProviderRow,
  type ProviderTypeType,
  toProviderObject,
  toProviderTypeType,
  WITH_SECRET,
} from './providers.types.js';
import { findLive, SaveProvider } from './save.service.js';

@Injectable()
export class ProvidersService {
  constructor(
    private readonly prisma: PrismaService,
    private readonly configuration: Configuration,
    private readonly audit: AuditService,
    private readonly save: SaveProvider,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  get proxyUrlPrefix(): string {
    return `${this.config.publicProxyUrl}/llm/v1/providers/`;
  }

  types(): ProviderTypeType[] {
    return PROVIDER_TYPE_DEFINITIONS.map(toProviderTypeType);
  }

  async list(viewer: Viewer, filter: ProviderFilter, first: number, after: string | null): Promise<ProviderPage> {
    const { rows, ...page } = await listProviders(this.prisma, viewer.projectId, filter, first, after);
    return { nodes: rows.map((row) => this.toObject(row)), ...page };
  }

  /** null when there is none of this name, or it was deleted. */
  async get({ projectId }: Viewer, name: string): Promise<ProviderObject | null> {
    const where = { projectId, name, deletedAt: null };
    const row = await this.prisma.provider.findFirst({ where, include: WITH_SECRET });
    return row && this.toObject(row);
  }

  async create(viewer: Viewer, input: CreateProviderInput): Promise<ProviderObject> {
    return this.toObject(await this.save.create(viewer, input));
  }

  async update(viewer: Viewer, input: UpdateProviderInput): Promise<ProviderObject> {
    return this.toObject(await this.save.update(viewer, input));
  }

  /** Repeating it changes nothing. @throws NotFound */
  async setEnabled(viewer: Viewer, name: string, enabled: boolean): Promise<ProviderObject> {
    return this.configuration.change(viewer.projectId, async (tx) => {
      const row = await findLive(tx, viewer.projectId, name);
      if (row.enabled === enabled) return this.toObject(row);
      await this.audit.record(tx, viewer, enabled ? 'provider.enable' : 'provider.disable', name);
      const data = { enabled, revision: { increment: 1 } };
      return this.toObject(await tx.provider.update({ where: { id: row.id }, data, include: WITH_SECRET }));
    });
  }

  /** The row stays for the history's sake and lets go of its secret, which is kept. @throws InputError, NotFound */
  async delete(viewer: Viewer, name: string, confirmName: string): Promise<boolean> {
    const { projectId } = viewer;
    if (confirmName !== name) {
      throw new InputError('CONFIRMATION_DIFFERS', `Type ${name.slice(0, 63)} to confirm.`, 'confirmName');
    }
    return this.configuration.change(projectId, async (tx) => {
      const row = await findLive(tx, projectId, name);
      const revision = { increment: 1 };
      const letGo = { secretRowId: null, sealedCredential: Prisma.DbNull };
      await tx.provider.update({ where: { id: row.id }, data: { deletedAt: new Date(), revision, ...letGo } });
      // A token scoped to this name must not open whatever is given the name next.
      await tx.$executeRaw`
        UPDATE "Token" SET providers = array_remove(providers, ${name})
        FROM "App" WHERE "App".id = "Token"."appId" AND "App"."projectId" = ${projectId}::uuid
          AND ${name} = ANY ("Token".providers)`;
      await this.audit.record(tx, viewer, 'provider.delete', name);
      return true;
    });
  }

  private toObject(row: ProviderRow): ProviderObject {
    return toProviderObject(row, this.proxyUrlPrefix);
  }
}
