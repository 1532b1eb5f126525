import { Inject, Injectable } from '@nestjs/common';
import { PROVIDER_TYPE_DEFINITIONS } from '@weir/providers';
import { AuditService } from '../platform/audit.service.js';
import { CONFIG, type Config } from '../platform/config.js';
import { InputError } from '../platform/errors.js';
import { PrismaService, type Transaction } from '../platform/prisma.service.js';
import type { Viewer } from '../platform/viewer.js';
import { closeOverrides } from '../pricing/overrides.service.js';
import { Configuration } from '../publishing/configuration.service.js';
import { type ProviderTypeType, toProviderTypeType } from './definition.types.js';
import { ProviderListing, type ProviderQuery } from './listing/listing.service.js';
import { type CreateProviderInput, ProviderSort, type UpdateProviderInput } from './providers.inputs.js';
import {
  type ProviderObject,
  type ProviderPage,
  type ProviderRow,
  toProviderObject,
  WITH_CREDENTIALS,
} from './providers.types.js';
import { findLive, SaveProvider } from './save.service.js';

const FIRST_PAGE: ProviderQuery = {
  filter: {},
  sort: ProviderSort.name,
  descending: false,
  first: 100,
  after: null,
};
const MAX_SWITCHED = 500;

@Injectable()
export class ProvidersService {
  constructor(
    private readonly prisma: PrismaService,
    private readonly configuration: Configuration,
    private readonly audit: AuditService,
    private readonly save: SaveProvider,
    private readonly listing: ProviderListing,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  get proxyUrlPrefix(): string {
    return `${this.config.publicProxyUrl}/llm/v1/providers/`;
  }

  types(): ProviderTypeType[] {
    return PROVIDER_TYPE_DEFINITIONS.map(toProviderTypeType);
  }

  async list(viewer: Viewer, query: Partial<ProviderQuery> = {}): Promise<ProviderPage> {
    const { rows, ...page } = await this.listing.page(viewer.projectId, { ...FIRST_PAGE, ...query });
    return { nodes: rows.map((row) => this.toObject(row)), ...page };
  }

  /** null when there is none of this name, or it was deleted. */
  async get({ projectId }: Viewer, name: string): Promise<ProviderObject | null> {
    const where = { projectId, name, deletedAt: null };
    const row = await this.prisma.provider.findFirst({ where, include: WITH_CREDENTIALS });
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
    return this.configuration.change(viewer.projectId, (tx) => this.switchOne(tx, viewer, name, enabled));
  }

  /** All or none of them, in one change. @throws NotFound naming the one that is not there, InputError */
  async setAllEnabled(viewer: Viewer, names: readonly string[], enabled: boolean): Promise<ProviderObject[]> {
    const wanted = [...new Set(names)];
    if (wanted.length < 1 || wanted.length > MAX_SWITCHED) {
      throw new InputError('NAMES_INVALID', `Name 1 to ${MAX_SWITCHED} providers.`, 'names');
    }
    return this.configuration.change(viewer.projectId, async (tx) => {
      const switched: ProviderObject[] = [];
      for (const name of wanted) switched.push(await this.switchOne(tx, viewer, name, enabled));
      return switched;
    });
  }

  private async switchOne(tx: Transaction, viewer: Viewer, name: string, enabled: boolean): Promise<ProviderObject> {
    const row = await findLive(tx, viewer.projectId, name);
    if (row.enabled === enabled) return this.toObject(row);
    await this.audit.record(tx, viewer, enabled ? 'provider.enable' : 'provider.disable', name);
    const data = { enabled, revision: { increment: 1 } };
    return this.toObject(await tx.provider.update({ where: { id: row.id }, data, include: WITH_CREDENTIALS }));
  }

  /** The row stays for the history's sake and lets go of its secret, which is kept. @throws InputError, NotFound */
  async delete(viewer: Viewer, name: string, confirmName: string): Promise<boolean> {
    const { projectId } = viewer;
    if (confirmName !== name) {
      throw new InputError('CONFIRMATION_DIFFERS', `Type ${name.slice(0, 63)} to confirm.`, 'confirmName');
    }
    return this.configuration.changeWithPrices(projectId, async (tx) => {
      const row = await findLive(tx, projectId, name);
      const revision = { increment: 1 };
      await tx.providerSecret.deleteMany({ where: { providerId: row.id } });
      await tx.provider.update({ where: { id: row.id }, data: { deletedAt: new Date(), revision } });
      // A token scoped to this name must not open whatever is given the name next.
      await tx.$executeRaw`
        UPDATE "Token" SET providers = array_remove(providers, ${name})
        FROM "App" WHERE "App".id = "Token"."appId" AND "App"."projectId" = ${projectId}::uuid
          AND ${name} = ANY ("Token".providers)`;
      // Nor must its prices.
      await closeOverrides(tx, viewer, name);
      await this.audit.record(tx, viewer, 'provider.delete', name);
      return true;
    });
  }

  private toObject(row: ProviderRow): ProviderObject {
    return toProviderObject(row, this.proxyUrlPrefix);
  }
}
