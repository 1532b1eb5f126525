import { Field, ObjectType, registerEnumType } from '@nestjs/graphql';
import { Count, DateTime, Decimal } from '../platform/scalars.js';

export const AccountingMonthState = { OPEN: 'OPEN', CLOSED: 'CLOSED' } as const;
export type AccountingMonthState = keyof typeof AccountingMonthState;
registerEnumType(AccountingMonthState, { name: 'AccountingMonthState' });

@ObjectType('AccountingMonth', {
  description:
    'A calendar month, UTC. Calls that arrive late in a closed month are still recorded: `spend` is what the ledger says now, `spendAtClose` what it said when the month was closed.',
})
export class AccountingMonthType {
  @Field(() => String, { description: '`YYYY-MM`' })
  month: string;

  @Field(() => AccountingMonthState)
  state: AccountingMonthState;

  @Field(() => Decimal)
  spend: string;

  @Field(() => Count)
  calls: number;

  @Field(() => Count)
  unpricedCalls: number;

  @Field(() => DateTime, { nullable: true, description: 'The last time it was closed. null: never.' })
  closedAt: Date | null;

  @Field(() => String, { nullable: true })
  closedBy: string | null;

  @Field(() => Decimal, { nullable: true })
  spendAtClose: string | null;

  @Field(() => Count, { nullable: true })
  callsAtClose: number | null;

  @Field(() => DateTime, { nullable: true, description: 'The last time it was reopened. null: never.' })
  reopenedAt: Date | null;

  @Field(() => String, { nullable: true })
  reopenedBy: string | null;

  @Field(() => String, { nullable: true })
  reopenReason: string | null;
}
