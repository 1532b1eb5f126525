import { Field, ID, InputType, ObjectType, registerEnumType } from '@nestjs/graphql';
import { TranscriptDeletionState } from '@weir/prisma';
import { Count, DateTime } from '../../platform/scalars.js';

registerEnumType(TranscriptDeletionState, { name: 'TranscriptDeletionState' });

@InputType({ description: 'Recorded calls that all of it is true of. At least one of the six.' })
export class TranscriptScopeInput {
  @Field(() => ID, { nullable: true })
  conversationId?: string | null;

  @Field(() => ID, { nullable: true })
  appId?: string | null;

  @Field(() => String, { nullable: true, description: 'As calls name it.' })
  user?: string | null;

  @Field(() => ID, { nullable: true })
  providerId?: string | null;

  @Field(() => DateTime, { nullable: true, description: 'Calls that began then or later.' })
  from?: Date | null;

  @Field(() => DateTime, { nullable: true, description: 'Calls that began before.' })
  to?: Date | null;
}

@InputType({ description: 'What is deleted: recorded calls that all of it is true of. At least one of the first six.' })
export class DeleteTranscriptsInput extends TranscriptScopeInput {
  @Field(() => String)
  reason: string;
}

@ObjectType('TranscriptDeletionPreview', { description: 'What an order would find now.' })
export class DeletionPreviewType {
  @Field(() => Count, { description: 'With a turn that it is about; of some perhaps not all of their turns.' })
  conversations: number;

  @Field(() => Count)
  turns: number;

  @Field(() => DateTime, { nullable: true })
  firstAt: Date | null;

  @Field(() => DateTime, { nullable: true })
  lastAt: Date | null;
}

@ObjectType('ErasedTable')
export class ErasedTableType {
  @Field(() => String)
  table: string;

  @Field(() => Count, { description: 'Rows it held.' })
  found: number;

  @Field(() => Count, { description: 'Rows counted after the deletion.' })
  left: number;
}

@ObjectType('ProxySpool', {
  description: 'What a proxy held on its disk of recorded calls, of all projects, when an order was done.',
})
export class ProxySpoolType {
  @Field(() => String)
  proxyId: string;

  @Field(() => String, {
    description:
      '`empty`; `waiting`: it held some; `starting`: it had not looked yet; `silent`: it told nothing, and the rest is what it told last.',
  })
  state: string;

  @Field(() => Count)
  bytes: number;

  @Field(() => DateTime, {
    nullable: true,
    description: 'Since when the oldest of it waited; null also where it does not tell.',
  })
  waitsSince: Date | null;

  @Field(() => DateTime, { description: 'When it told this.' })
  seenAt: Date;
}

@ObjectType('TranscriptDeletion', {
  description: 'An order to delete recorded calls that began before it; null = no restriction. Usage and cost stay.',
})
export class TranscriptDeletionType {
  @Field(() => ID)
  id: string;

  @Field(() => TranscriptDeletionState)
  state: TranscriptDeletionState;

  @Field(() => DateTime)
  orderedAt: Date;

  @Field(() => String, { description: 'E-mail.' })
  orderedBy: string;

  @Field(() => String)
  reason: string;

  @Field(() => ID, { nullable: true })
  conversationId: string | null;

  @Field(() => ID, { nullable: true })
  appId: string | null;

  @Field(() => String, { nullable: true })
  user: string | null;

  @Field(() => ID, { nullable: true })
  providerId: string | null;

  @Field(() => DateTime, { nullable: true })
  from: Date | null;

  @Field(() => DateTime, { nullable: true })
  to: Date | null;

  @Field(() => [ErasedTableType], { nullable: true, description: 'The receipt: every table, counted once more.' })
  tables: ErasedTableType[] | null;

  @Field(() => [ProxySpoolType], {
    nullable: true,
    description:
      'What may still come, and is refused when it does: every proxy, as it stood when this was done. Empty = none has told; null = not done, or done before this was kept.',
  })
  spools: ProxySpoolType[] | null;

  @Field(() => DateTime, { nullable: true })
  doneAt: Date | null;

  @Field(() => DateTime, {
    nullable: true,
    description:
      "When no file with bytes of it was left on the disks of ClickHouse, nor in Redis' append-only file; null = some still were.",
  })
  bytesGoneAt: Date | null;

  @Field(() => String, { nullable: true, description: 'Why it failed.' })
  problem: string | null;
}

@ObjectType('TranscriptDeletionPage')
export class TranscriptDeletionPageType {
  @Field(() => [TranscriptDeletionType])
  nodes: TranscriptDeletionType[];

  @Field(() => String, { nullable: true })
  endCursor: string | null;

  @Field(() => Boolean)
  hasNextPage: boolean;
}
