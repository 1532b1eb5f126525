import { Injectable } from '@nestjs/common';
import { exchangeRate, formatUsd, newId, parseUsd, USD } from '@weir/contracts';
import type { ExchangeRate } from '@weir/prisma';
import { AuditService } from '../platform/audit.service.js';
import { InputError } from '../platform/errors.js';
import { PrismaService, type Transaction } from '../platform/prisma.service.js';
import type { Viewer } from '../platform/viewer.js';
import { Configuration } from '../publishing/configuration.service.js';
import { accountNames } from './account-names.js';
import { nextChange } from './change-time.js';
import { usdPerUnitOf } from './exchange-rate-value.js';
import type { ExchangeRateType } from './exchange-rates.types.js';
import { parseCurrency } from './override-input.js';

const MAX_LISTED = 1_000;

export interface NewExchangeRate {
  readonly currency: string;
  readonly usdPerUnit: string;
  /** null = now. */
  readonly validFrom: Date | null;
}

/** What other currencies are worth: overrides may be stated in them. */
@Injectable()
export class ExchangeRatesService {
  constructor(
    private readonly prisma: PrismaService,
    private readonly configuration: Configuration,
    private readonly audit: AuditService,
  ) {}

  /** Those that are believed, by currency, the one that begins last first. */
  async list({ projectId }: Viewer): Promise<ExchangeRateType[]> {
    const rows = await this.prisma.exchangeRate.findMany({
      where: { projectId, knownUntil: null },
      orderBy: [{ currency: 'asc' }, { validFrom: 'desc' }],
      take: MAX_LISTED,
    });
    const nameOf = await accountNames(this.prisma, rows);
    return rows.map((row) => toType(row, nameOf(row.createdBy)));
  }

  /** What a unit is worth now; null = nobody has said so. */
  async now(projectId: string, currency: string): Promise<string | null> {
    if (currency === USD) return '1';
    const row = await this.prisma.exchangeRate.findFirst({
      where: { projectId, currency, knownUntil: null },
      orderBy: { validFrom: 'desc' },
    });
    return row && usdPerUnitOf(row);
  }

  /** Replaces one that begins at the same time; others stay. @throws InputError naming the field */
  async set(viewer: Viewer, input: NewExchangeRate): Promise<ExchangeRateType> {
    const { projectId, accountId } = viewer;
    const currency = parseCurrency(input.currency);
    const usdPerUnit = parseValue(currency, input.usdPerUnit);
    return this.configuration.changePrices(projectId, async (tx) => {
      const knownFrom = await nextChange(tx);
      const validFrom = input.validFrom ?? knownFrom;
      if (validFrom > knownFrom) {
        throw new InputError('VALID_FROM_FUTURE', 'An exchange rate begins now or in the past.', 'validFrom');
      }
      const inForce = await believedAt(tx, { projectId, currency }, validFrom);
      const replaced = inForce?.validFrom.getTime() === validFrom.getTime() ? inForce : null;
      if (replaced && usdPerUnitOf(replaced) === usdPerUnit) {
        const nameOf = await accountNames(tx, [replaced]);
        return toType(replaced, nameOf(replaced.createdBy));
      }
      if (replaced) await tx.exchangeRate.update({ where: { id: replaced.id }, data: { knownUntil: knownFrom } });
      const row = await tx.exchangeRate.create({
        data: { id: newId(), projectId, currency, usdPerUnit, validFrom, knownFrom, createdBy: accountId },
      });
      const detail = { usdPerUnit, validFrom: validFrom.toISOString(), before: inForce && usdPerUnitOf(inForce) };
      await this.audit.record(tx, viewer, 'exchange_rate.set', currency, detail);
      return toType(row, viewer.email);
    });
  }
}

function believedAt(
  tx: Transaction,
  which: Pick<ExchangeRate, 'projectId' | 'currency'>,
  at: Date,
): Promise<ExchangeRate | null> {
  const where = { ...which, knownUntil: null, validFrom: { lte: at } };
  return tx.exchangeRate.findFirst({ where, orderBy: { validFrom: 'desc' } });
}

function parseValue(currency: string, text: string): string {
  if (currency === USD) throw new InputError('CURRENCY_IS_USD', 'A dollar needs no exchange rate.', 'currency');
  const value = parseUsd(text);
  const known = exchangeRate.shape.usdPerUnit.safeParse(text);
  if (value > 0n && known.success) return formatUsd(value);
  throw new InputError(
    'EXCHANGE_RATE_INVALID',
    `Enter how many dollars one ${currency} is worth, more than 0, with at most 12 decimal places.`,
    'usdPerUnit',
  );
}

function toType(row: ExchangeRate, by: string): ExchangeRateType {
  const { currency, validFrom, knownFrom } = row;
  return { currency, usdPerUnit: usdPerUnitOf(row), validFrom, recordedAt: knownFrom, by };
}
