import { Field, ObjectType } from '@nestjs/graphql';
import { DateTime, Decimal } from '../platform/scalars.js';

@ObjectType('ExchangeRate', {
  description: 'What a unit of a currency is worth, for calls that began from `validFrom` on until the next one’s.',
})
export class ExchangeRateType {
  @Field(() => String, { description: 'ISO 4217.' })
  currency: string;

  @Field(() => Decimal)
  usdPerUnit: string;

  @Field(() => DateTime)
  validFrom: Date;

  @Field(() => DateTime, { description: 'Calls rated earlier did not know of it.' })
  recordedAt: Date;

  @Field(() => String, { description: 'E-mail of who set it.' })
  by: string;
}
