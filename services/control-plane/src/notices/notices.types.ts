import { Field, ID, ObjectType, registerEnumType } from '@nestjs/graphql';
import { Count, DateTime } from '../platform/scalars.js';

export const NoticeKind = {
  USAGE_NOT_REPORTED: 'USAGE_NOT_REPORTED',
  MODEL_UNPRICED: 'MODEL_UNPRICED',
  USAGE_ESTIMATED: 'USAGE_ESTIMATED',
} as const;
export type NoticeKind = keyof typeof NoticeKind;
registerEnumType(NoticeKind, { name: 'NoticeKind' });

@ObjectType('Notice', { description: 'Something about the figures that somebody should act on.' })
export class NoticeType {
  @Field(() => ID, { description: 'The same for the same thing, whenever it is asked for.' })
  id: string;

  @Field(() => NoticeKind)
  kind: NoticeKind;

  @Field(() => String)
  title: string;

  @Field(() => String)
  detail: string;

  @Field(() => String, { nullable: true })
  provider: string | null;

  @Field(() => String, { nullable: true })
  endpoint: string | null;

  @Field(() => String, { nullable: true })
  model: string | null;

  @Field(() => Count)
  calls: number;

  @Field(() => DateTime)
  since: Date;
}
