import { Injectable } from '@nestjs/common';
import { newId } from '@weir/contracts';
import type { PriceOverride, Provider } from '@weir/prisma';
import { AuditService } from '../platform/audit.service.js';
import { NotFound } from '../platform/errors.js';
import { PrismaService, type Transaction } from '../platform/prisma.service.js';
import type { Viewer } from '../platform/viewer.js';
import { Configuration } from '../publishing/configuration.service.js';
import { changesOf, toBucketRates } from './history.js';
import { type OverrideRates, parseModel, parseRates } from './override-input.js';
import type { SetPriceOverrideInput } from './rate-card.inputs.js';
import type { OverrideChange, PriceOverrideType } from './rate-card.types.js';

const MAX_LISTED = 1_000;
const MAX_HISTORY = 200;

/** Rates of a provider's models that stand in for the published ones. */
@Injectable()
export class OverridesService {
  constructor(
    private readonly prisma: PrismaService,
    private readonly configuration: Configuration,
    private readonly audit: AuditService,
  ) {}

  /**
   * Replaces the override of provider x model for calls that begin from now on; without any rate it is cleared.
   * @throws InputError naming the field, NotFound
   */
  async set(viewer: Viewer, input: SetPriceOverrideInput): Promise<void> {
    const model = parseModel(input.model);
    await this.replace(viewer, input.provider, model, parseRates(input.rates));
  }

  /** @throws InputError, NotFound */
  async clear(viewer: Viewer, provider: string, model: string): Promise<void> {
    await this.replace(viewer, provider, parseModel(model), {});
  }

  /** Those in force, by model. @throws NotFound */
  async list({ projectId }: Viewer, provider: string): Promise<PriceOverrideType[]> {
    await findProvider(this.prisma, projectId, provider);
    const rows = await this.prisma.priceOverride.findMany({
      where: { projectId, provider, validUntil: null },
      orderBy: { model: 'asc' },
      take: MAX_LISTED,
    });
    const nameOf = await this.namesOf(rows);
    return rows.map(({ model, rates, validFrom, createdBy }) => ({
      ...{ model, rates: toBucketRates(rates as OverrideRates), from: validFrom, by: nameOf(createdBy) },
    }));
  }

  /** Of one model, newest first. */
  async history(projectId: string, provider: string, model: string): Promise<OverrideChange[]> {
    const rows = await this.prisma.priceOverride.findMany({
      where: { projectId, provider, model },
      orderBy: [{ validFrom: 'desc' }, { id: 'desc' }],
      take: MAX_HISTORY,
    });
    return changesOf(rows.toReversed(), await this.namesOf(rows));
  }

  private async replace(viewer: Viewer, provider: string, model: string, rates: OverrideRates): Promise<void> {
    const { projectId, accountId } = viewer;
    await this.configuration.changePrices(projectId, async (tx) => {
      await findProvider(tx, projectId, provider);
      const former = await tx.priceOverride.findFirst({ where: { projectId, provider, model, validUntil: null } });
      const isEmpty = Object.keys(rates).length === 0;
      if (former ? isSame(former.rates as OverrideRates, rates) : isEmpty) return;
      // Clocks of two replicas may differ; a row never ends before it begins.
      const at = new Date(Math.max(Date.now(), (former?.validFrom.getTime() ?? 0) + 1));
      if (former) {
        await tx.priceOverride.update({ where: { id: former.id }, data: { validUntil: at, closedBy: accountId } });
      }
      if (!isEmpty) {
        const row = { id: newId(), projectId, provider, model, rates, validFrom: at, createdBy: accountId };
        await tx.priceOverride.create({ data: row });
      }
      const verb = isEmpty ? 'clear' : 'set';
      const detail = { model, rates, before: (former?.rates ?? {}) as OverrideRates };
      await this.audit.record(tx, viewer, `price_override.${verb}`, `${provider}/${model}`, detail);
    });
  }

  private async namesOf(rows: readonly PriceOverride[]): Promise<(accountId: string) => string> {
    const ids = rows.flatMap(({ createdBy, closedBy }) => (closedBy ? [createdBy, closedBy] : [createdBy]));
    const where = { id: { in: [...new Set(ids)] } };
    const accounts = await this.prisma.account.findMany({ where, select: { id: true, email: true } });
    const names = new Map(accounts.map(({ id, email }) => [id, email]));
    return (accountId) => names.get(accountId) ?? 'a removed account';
  }
}

/** Ends every override of a provider: calls that began before keep it. */
export async function closeOverrides(tx: Transaction, viewer: Viewer, provider: string): Promise<void> {
  const { projectId, accountId } = viewer;
  const where = { projectId, provider, validUntil: null };
  await tx.priceOverride.updateMany({ where, data: { validUntil: new Date(), closedBy: accountId } });
}

/** @throws NotFound */
export async function findProvider(
  tx: Pick<Transaction, 'provider'>,
  projectId: string,
  name: string,
): Promise<Provider> {
  const row = await tx.provider.findFirst({ where: { projectId, name, deletedAt: null } });
  if (!row) throw new NotFound(`There is no provider ${name.slice(0, 63)}.`);
  return row;
}

function isSame(a: OverrideRates, b: OverrideRates): boolean {
  return JSON.stringify(toBucketRates(a)) === JSON.stringify(toBucketRates(b));
}
