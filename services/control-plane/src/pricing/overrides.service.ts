import { Injectable } from '@nestjs/common';
import { newId } from '@weir/contracts';
import type { PriceOverride, Provider } from '@weir/prisma';
import { AuditService } from '../platform/audit.service.js';
import { InputError, NotFound } from '../platform/errors.js';
import { PrismaService, type Transaction } from '../platform/prisma.service.js';
import type { Viewer } from '../platform/viewer.js';
import { Configuration } from '../publishing/configuration.service.js';
import { accountNames } from './account-names.js';
import { nextChange } from './change-time.js';
import { changesOf, toBucketRates } from './history.js';
import { isEmpty, type OverrideCard, ratesOf, replacedBy, saysTheSame } from './override-card.js';
import { parseCurrency, parseModel, parseRates, parseTier } from './override-input.js';
import type { SetPriceOverrideInput } from './rate-card.inputs.js';
import type { OverrideChange, PriceOverrideType } from './rate-card.types.js';

const MAX_LISTED = 1_000;
/** A change leaves two rows as a rule. */
const MAX_HISTORY_ROWS = 600;

export interface ClearedOverride {
  readonly provider: string;
  readonly model: string;
  readonly serviceTier?: string | null;
  readonly validFrom?: Date | null;
}

/** Rates of a provider's models that stand in for the published ones. */
@Injectable()
export class OverridesService {
  constructor(
    private readonly prisma: PrismaService,
    private readonly configuration: Configuration,
    private readonly audit: AuditService,
  ) {}

  /**
   * Replaces the override of provider x model, and of the service tier where one is named, for calls that began from
   * `validFrom` on, else from now on; without any rate it is cleared. What was rated before stays as it was booked.
   * @throws InputError naming the field, NotFound
   */
  async set(viewer: Viewer, input: SetPriceOverrideInput): Promise<void> {
    const card = {
      ...{ provider: input.provider, model: parseModel(input.model), serviceTier: parseTier(input.serviceTier) },
      ...{ currency: parseCurrency(input.currency), rates: parseRates(input.rates) },
    };
    await this.replace(viewer, card, input.validFrom ?? null);
  }

  /** @throws InputError, NotFound */
  async clear(viewer: Viewer, { provider, model, serviceTier, validFrom }: ClearedOverride): Promise<void> {
    const card = { provider, model: parseModel(model), serviceTier: parseTier(serviceTier), rates: {} };
    await this.replace(viewer, { ...card, currency: parseCurrency(null) }, validFrom ?? null);
  }

  /** Those in force, by model. @throws NotFound */
  async list({ projectId }: Viewer, provider: string): Promise<PriceOverrideType[]> {
    await findProvider(this.prisma, projectId, provider);
    const rows = await this.prisma.priceOverride.findMany({
      where: { projectId, provider, ...IN_FORCE },
      orderBy: [{ model: 'asc' }, { serviceTier: { sort: 'asc', nulls: 'first' } }],
      take: MAX_LISTED,
    });
    const nameOf = await accountNames(this.prisma, rows);
    return rows.map((row) => ({
      ...{ model: row.model, serviceTier: row.serviceTier, currency: row.currency },
      ...{ rates: toBucketRates(ratesOf(row), row.currency), from: row.validFrom, by: nameOf(row.createdBy) },
    }));
  }

  /** Of one model, newest change first. */
  async history(projectId: string, provider: string, model: string): Promise<OverrideChange[]> {
    const rows = await this.prisma.priceOverride.findMany({
      where: { projectId, provider, model },
      orderBy: [{ knownFrom: 'desc' }, { id: 'desc' }],
      take: MAX_HISTORY_ROWS,
    });
    return changesOf(rows, await accountNames(this.prisma, rows));
  }

  private async replace(viewer: Viewer, card: OverrideCard, validFrom: Date | null): Promise<void> {
    const { projectId } = viewer;
    await this.configuration.changePrices(projectId, async (tx) => {
      await findProvider(tx, projectId, card.provider);
      const knownFrom = await nextChange(tx);
      if (validFrom && validFrom > knownFrom) {
        throw new InputError('VALID_FROM_FUTURE', 'A price begins now or in the past.', 'validFrom');
      }
      const before = await replaceCard(tx, viewer, card, { from: validFrom ?? knownFrom, knownFrom });
      if (before === null) return;
      const { provider, model, rates, serviceTier, currency } = card;
      const further = {
        ...(serviceTier && { serviceTier }),
        ...(currency === 'USD' ? {} : { currency }),
        ...(validFrom && { validFrom: validFrom.toISOString() }),
      };
      const verb = isEmpty(rates) ? 'clear' : 'set';
      const detail = { model, rates, before: before ? ratesOf(before) : {}, ...further };
      await this.audit.record(tx, viewer, `price_override.${verb}`, `${provider}/${model}`, detail);
    });
  }
}

/** Believed, and without end: a card begins now or in the past. */
export const IN_FORCE = { knownUntil: null, validUntil: null, NOT: { rates: { equals: {} } } } as const;

/** Ends every override of a provider: calls that began before keep it. */
export async function closeOverrides(tx: Transaction, viewer: Viewer, provider: string): Promise<void> {
  const rows = await tx.priceOverride.findMany({ where: { projectId: viewer.projectId, provider, ...IN_FORCE } });
  if (rows.length === 0) return;
  const knownFrom = await nextChange(tx);
  for (const { model, serviceTier, currency } of rows) {
    const card = { provider, model, serviceTier: parseTier(serviceTier), currency, rates: {} };
    await replaceCard(tx, viewer, card, { from: knownFrom, knownFrom });
  }
}

/** @returns what the card replaces: undefined = nothing; null = nothing has to change */
async function replaceCard(
  tx: Transaction,
  { projectId, accountId }: Viewer,
  card: OverrideCard,
  change: { from: Date; knownFrom: Date },
): Promise<PriceOverride | undefined | null> {
  const { provider, model, serviceTier } = card;
  const believed = await tx.priceOverride.findMany({
    where: { projectId, provider, model, serviceTier, knownUntil: null },
    orderBy: { validFrom: 'asc' },
  });
  if (saysTheSame(believed, change.from, card)) return null;
  const { ended, left } = replacedBy(believed, change);
  const where = { id: { in: ended.map(({ id }) => id) } };
  await tx.priceOverride.updateMany({ where, data: { knownUntil: change.knownFrom, closedBy: accountId } });
  await tx.priceOverride.createMany({ data: left.map((row) => ({ ...row, id: newId() })) });
  const id = newId();
  await tx.priceOverride.create({
    data: {
      ...{ id, overrideId: id, projectId, ...card, createdBy: accountId },
      ...{ validFrom: change.from, knownFrom: change.knownFrom },
    },
  });
  return ended.at(-1);
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
