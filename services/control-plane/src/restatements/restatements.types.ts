import { Field, ID, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import { RestatementKind, RestatementState } from '@weir/prisma';
import { Count, DateTime, Decimal } from '../platform/scalars.js';

registerEnumType(RestatementKind, { name: 'RestatementKind' });
registerEnumType(RestatementState, { name: 'RestatementState' });

@ObjectType('DifferenceLine', {
  description: 'What one key changes. The line with `other` true adds up the keys that are not named.',
})
export class DifferenceLineType {
  @Field(() => String)
  key: string;

  @Field(() => Boolean)
  other: boolean;

  @Field(() => Count)
  events: number;

  @Field(() => Decimal)
  before: string;

  @Field(() => Decimal)
  after: string;

  @Field(() => Decimal)
  difference: string;
}

@ObjectType('RestatementDifference', {
  description:
    'Sums are over the events that change. What is unpriced counts as nothing in them; `newlyPriced` and `newlyUnpriced` count such events.',
})
export class RestatementDifferenceType {
  @Field(() => Count)
  eventsSeen: number;

  @Field(() => Count)
  eventsChanged: number;

  @Field(() => Count)
  newlyPriced: number;

  @Field(() => Count)
  newlyUnpriced: number;

  @Field(() => Count, {
    description:
      'Events left alone, since what stands was rated by newer prices or, of a reversal, by a later restatement.',
  })
  restatedSince: number;

  @Field(() => Decimal)
  before: string;

  @Field(() => Decimal)
  after: string;

  @Field(() => Decimal)
  difference: string;

  @Field(() => [DifferenceLineType])
  byProvider: DifferenceLineType[];

  @Field(() => [DifferenceLineType])
  byModel: DifferenceLineType[];

  @Field(() => [DifferenceLineType])
  byBucket: DifferenceLineType[];
}

@ObjectType('RestatementFilter')
export class RestatementFilterType {
  @Field(() => [String])
  providers: string[];

  @Field(() => [String])
  models: string[];

  @Field(() => [String])
  apps: string[];

  @Field(() => [String])
  environments: string[];

  @Field(() => Boolean)
  unpricedOnly: boolean;
}

@ObjectType('RestatementProgress')
export class RestatementProgressType {
  @Field(() => Count, { description: 'Events looked at.' })
  done: number;

  @Field(() => Count, { nullable: true, description: 'null: not counted yet.' })
  total: number | null;
}

@ObjectType('RestatementLink')
export class RestatementLinkType {
  @Field(() => ID)
  id: string;

  @Field(() => Int)
  number: number;

  @Field(() => RestatementState)
  state: RestatementState;
}

@ObjectType('Restatement', {
  description: 'A range of the ledger rated again: previewed, then booked as reversals and new entries, or left.',
})
export class RestatementType {
  @Field(() => ID)
  id: string;

  @Field(() => Int)
  number: number;

  @Field(() => RestatementKind)
  kind: RestatementKind;

  @Field(() => RestatementState)
  state: RestatementState;

  @Field(() => DateTime)
  from: Date;

  @Field(() => DateTime)
  to: Date;

  @Field(() => RestatementFilterType)
  filter: RestatementFilterType;

  @Field(() => String)
  reason: string;

  @Field(() => String, { description: 'E-mail.' })
  requestedBy: string;

  @Field(() => DateTime)
  requestedAt: Date;

  @Field(() => String, { nullable: true, description: 'E-mail of who ordered the booking.' })
  bookedBy: string | null;

  @Field(() => DateTime, { nullable: true })
  bookedAt: Date | null;

  @Field(() => DateTime, {
    description:
      'The newest change of prices that counts, in preview and booking alike: the last one before the preview was ordered.',
  })
  knownAt: Date;

  @Field(() => RestatementProgressType, { description: 'Of the preview, or of the booking once that is ordered.' })
  progress: RestatementProgressType;

  @Field(() => RestatementDifferenceType, { nullable: true })
  preview: RestatementDifferenceType | null;

  @Field(() => RestatementDifferenceType, { nullable: true, description: 'As it is in the ledger.' })
  booked: RestatementDifferenceType | null;

  @Field(() => RestatementLinkType, { nullable: true })
  reverses: RestatementLinkType | null;

  @Field(() => RestatementLinkType, {
    nullable: true,
    description: 'The reversal of this one: done once its state is BOOKED, else under way.',
  })
  reversedBy: RestatementLinkType | null;

  @Field(() => String, { nullable: true, description: 'Why it failed.' })
  problem: string | null;
}

@ObjectType('RestatementPage')
export class RestatementPageType {
  @Field(() => [RestatementType])
  nodes: RestatementType[];

  @Field(() => String, { nullable: true })
  endCursor: string | null;

  @Field(() => Boolean)
  hasNextPage: boolean;
}
