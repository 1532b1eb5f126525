import { Field, ObjectType, registerEnumType } from '@nestjs/graphql';
import { Count, Decimal } from '../../platform/scalars.js';
import { UsageTotalsType } from '../usage.types.js';
import { EFFECT_KINDS, type EffectKind } from './decompose.js';

const ChangeEffectKind = Object.fromEntries(EFFECT_KINDS.map((kind) => [kind, kind])) as { [K in EffectKind]: K };
registerEnumType(ChangeEffectKind, { name: 'ChangeEffectKind' });

@ObjectType('ChangeEffect')
export class ChangeEffectType {
  @Field(() => ChangeEffectKind)
  kind: EffectKind;

  @Field(() => Decimal)
  amount: string;

  @Field(() => String)
  explanation: string;
}

@ObjectType('ChangeDriver')
export class ChangeDriverType {
  @Field(() => String)
  key: string;

  @Field(() => String)
  label: string;

  @Field(() => Boolean)
  deleted: boolean;

  @Field(() => Decimal)
  before: string;

  @Field(() => Decimal)
  after: string;

  @Field(() => Decimal)
  difference: string;

  @Field(() => Count)
  callsBefore: number;

  @Field(() => Count)
  callsAfter: number;

  @Field(() => Count, { description: 'Calls before that have no price and are in no amount.' })
  unpricedBefore: number;

  @Field(() => Count, { description: 'Calls after that have no price and are in no amount.' })
  unpricedAfter: number;

  @Field(() => Boolean, { description: 'Without a call before.' })
  isNew: boolean;

  @Field(() => Boolean, { description: 'Without a call after.' })
  isGone: boolean;
}

@ObjectType('UsageChange')
export class UsageChangeType {
  @Field(() => UsageTotalsType)
  before: UsageTotalsType;

  @Field(() => UsageTotalsType)
  after: UsageTotalsType;

  @Field(() => Decimal, { description: 'Spend after minus spend before.' })
  difference: string;

  @Field(() => [ChangeEffectType], { description: 'Add up to `difference` exactly.' })
  effects: ChangeEffectType[];

  @Field(() => [ChangeDriverType], {
    description: 'Biggest difference first; with `otherDrivers` they add up to `difference`.',
  })
  drivers: ChangeDriverType[];

  @Field(() => Decimal)
  otherDrivers: string;

  @Field(() => String, { description: 'How the effects are worked out.' })
  method: string;
}
