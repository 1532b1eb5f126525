import { Field, ID, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import { Count, DateTime, Decimal } from '../../platform/scalars.js';
import { CallType } from '../calls.types.js';
import { RatingStatus } from '../enums.js';

export const LedgerEntryKind = { RATING: 'RATING', REVERSAL: 'REVERSAL' } as const;
export type LedgerEntryKind = keyof typeof LedgerEntryKind;
registerEnumType(LedgerEntryKind, { name: 'LedgerEntryKind' });

export const OriginKind = { CATALOG: 'CATALOG', OVERRIDE: 'OVERRIDE', UPSTREAM: 'UPSTREAM', NONE: 'NONE' } as const;
export type OriginKind = keyof typeof OriginKind;
registerEnumType(OriginKind, {
  name: 'OriginKind',
  description: 'Where a rate comes from. NONE: there is none, so the amount is unknown.',
});

@ObjectType('RateOrigin')
export class RateOriginType {
  @Field(() => OriginKind)
  kind: OriginKind;

  @Field(() => String)
  label: string;

  @Field(() => String, { nullable: true, description: 'Page on which the vendor publishes the rate.' })
  url: string | null;

  @Field(() => String, { nullable: true, description: 'The day the source vouches for, `YYYY-MM-DD`.' })
  asOf: string | null;

  @Field(() => String, { nullable: true })
  priceVersion: string | null;

  @Field(() => ID, { nullable: true })
  overrideId: string | null;

  @Field(() => String, { nullable: true, description: 'E-mail of who set an override.' })
  by: string | null;

  @Field(() => DateTime, { nullable: true, description: 'When an override was set.' })
  at: Date | null;
}

@ObjectType('ReceiptLine', {
  description:
    'quantity x usdPerMillion / 1,000,000 = amount, exactly; null = unknown. In a reversal the amount is negative.',
})
export class ReceiptLineType {
  @Field(() => String)
  bucket: string;

  @Field(() => Count)
  quantity: number;

  @Field(() => Decimal, { nullable: true })
  usdPerMillion: string | null;

  @Field(() => Decimal, { nullable: true })
  amount: string | null;

  @Field(() => String, { nullable: true, description: 'Which rule chose the rate, where it is not the own one.' })
  rule: string | null;

  @Field(() => RateOriginType)
  origin: RateOriginType;
}

@ObjectType('RestatementRef')
export class RestatementRefType {
  @Field(() => ID)
  id: string;

  @Field(() => Int)
  number: number;

  @Field(() => String, { nullable: true })
  by: string | null;

  @Field(() => String)
  reason: string;

  @Field(() => DateTime, { nullable: true })
  at: Date | null;
}

@ObjectType('LedgerEntry', {
  description: 'A reversal takes back the rating of the same run: its amounts are negative.',
})
export class LedgerEntryType {
  @Field(() => String)
  runId: string;

  @Field(() => LedgerEntryKind)
  kind: LedgerEntryKind;

  @Field(() => DateTime)
  ratedAt: Date;

  @Field(() => DateTime, { nullable: true, description: 'State of the price book it was rated by.' })
  knownAt: Date | null;

  @Field(() => RatingStatus)
  status: RatingStatus;

  @Field(() => String, { nullable: true, description: 'Why it is free or unpriced.' })
  reason: string | null;

  @Field(() => Decimal, { nullable: true, description: 'null = unpriced.' })
  cost: string | null;

  @Field(() => String, { nullable: true })
  priceVersion: string | null;

  @Field(() => [ReceiptLineType])
  lines: ReceiptLineType[];

  @Field(() => RestatementRefType, { nullable: true, description: 'null: the first rating of the call.' })
  restatement: RestatementRefType | null;
}

@ObjectType('MeterQuantity')
export class MeterQuantityType {
  @Field(() => String)
  meter: string;

  @Field(() => Count)
  quantity: number;

  @Field(() => Boolean)
  estimated: boolean;
}

@ObjectType('Receipt', { description: 'How the cost of one call came to be, down to what the upstream sent.' })
export class ReceiptType {
  @Field(() => CallType)
  call: CallType;

  @Field(() => LedgerEntryType, { nullable: true, description: 'The entry in force; null: not rated yet.' })
  standing: LedgerEntryType | null;

  @Field(() => [LedgerEntryType], { description: 'Oldest first.' })
  entries: LedgerEntryType[];

  @Field(() => [MeterQuantityType], { description: 'Those that are known; what is missing here is unknown, not zero.' })
  meters: MeterQuantityType[];

  @Field(() => String, { nullable: true })
  rawUsage: string | null;

  @Field(() => Decimal, { nullable: true })
  providerStatedCostUsd: string | null;

  @Field(() => Decimal, { nullable: true, description: 'Our cost less the one stated; null: one of them is unknown.' })
  statedDifference: string | null;
}
