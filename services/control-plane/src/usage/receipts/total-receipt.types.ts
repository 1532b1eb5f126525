import { Field, ObjectType } from '@nestjs/graphql';
import { Count, Decimal } from '../../platform/scalars.js';
import { RateOriginType } from './receipts.types.js';

@ObjectType('TotalReceiptLine', {
  description:
    'quantity x usdPerMillion / 1,000,000 = amount, exactly. Without an amount the calls have no known cost.',
})
export class TotalReceiptLineType {
  @Field(() => String)
  provider: string;

  @Field(() => String)
  model: string;

  @Field(() => String)
  bucket: string;

  @Field(() => Decimal, { nullable: true })
  usdPerMillion: string | null;

  @Field(() => String, { nullable: true })
  rule: string | null;

  @Field(() => RateOriginType)
  origin: RateOriginType;

  @Field(() => Count)
  quantity: number;

  @Field(() => Decimal, { nullable: true })
  amount: string | null;

  @Field(() => Count, { description: 'Calls that have this line.' })
  calls: number;

  @Field(() => String, { nullable: true, description: 'Why the cost of these calls is unknown; null: it is known.' })
  unpricedReason: string | null;
}

@ObjectType('TotalReceipt', { description: 'What a total is made of. Other counts than `calls` are of attempts.' })
export class TotalReceiptType {
  @Field(() => Decimal)
  total: string;

  @Field(() => Count)
  calls: number;

  @Field(() => Count)
  attempts: number;

  @Field(() => Count)
  pricedCalls: number;

  @Field(() => Count, { description: 'Of the priced ones.' })
  freeCalls: number;

  @Field(() => Count)
  unpricedCalls: number;

  @Field(() => Count, { description: 'Of the unpriced ones: the upstream never said what was used.' })
  unknownUsageCalls: number;

  @Field(() => Count)
  estimatedCalls: number;

  @Field(() => [TotalReceiptLineType], { description: 'Biggest amount first, then those without one.' })
  lines: TotalReceiptLineType[];

  @Field(() => Count, { description: 'Lines beyond `first`.' })
  otherLines: number;

  @Field(() => Decimal, { description: 'Sum of the lines beyond `first`.' })
  otherAmount: string;

  @Field(() => Boolean, { description: 'The amounts of all lines add up to `total` to the last digit.' })
  agrees: boolean;
}
