import { Field, Float, ID, InputType, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import { Count, DateTime, Decimal } from '../platform/scalars.js';
import { TagFilter } from '../usage/usage.inputs.js';

export enum ConversationStatus {
  running = 'running',
  completed = 'completed',
  error = 'error',
}
registerEnumType(ConversationStatus, {
  name: 'ConversationStatus',
  valuesMap: {
    running: { description: 'Its last answer waits for a tool, and is at most ten minutes old.' },
    completed: { description: 'Its last turn ended as it should.' },
    error: { description: 'Its last turn failed.' },
  },
});

@InputType({
  description:
    'Lists are alternatives, fields combine. A conversation is listed where one of its turns fits; status and cost are those of the whole.',
})
export class ConversationFilter {
  @Field(() => DateTime, { nullable: true, description: 'Turns that began in [from, to).' })
  from?: Date | null;

  @Field(() => DateTime, { nullable: true })
  to?: Date | null;

  @Field(() => String, {
    nullable: true,
    description: 'Words that one message has all of, or an id. Who may read no bodies finds by ids alone.',
  })
  search?: string | null;

  @Field(() => [ConversationStatus], { nullable: true })
  statuses?: ConversationStatus[] | null;

  @Field(() => [String], { nullable: true })
  providers?: string[] | null;

  @Field(() => [String], { nullable: true })
  models?: string[] | null;

  @Field(() => [String], { nullable: true })
  apps?: string[] | null;

  @Field(() => [String], { nullable: true })
  users?: string[] | null;

  @Field(() => [String], { nullable: true })
  agents?: string[] | null;

  @Field(() => [String], { nullable: true })
  environments?: string[] | null;

  @Field(() => [TagFilter], { nullable: true })
  tags?: TagFilter[] | null;

  @Field(() => [String], { nullable: true, description: 'Of the gateway or of the upstream.' })
  errorCodes?: string[] | null;

  @Field(() => Int, { nullable: true, description: 'A turn took longer.' })
  slowerThanMs?: number | null;

  @Field(() => Decimal, { nullable: true, description: 'What is known of its cost is more.' })
  costlierThan?: string | null;
}

@ObjectType({ description: 'What turns used and cost; null = not known, which is not zero.' })
export class TranscriptUsage {
  @Field(() => Count, { nullable: true, description: 'Without what was read from a cache or written to one.' })
  inputTokens: number | null;

  @Field(() => Count, { nullable: true })
  cachedInputTokens: number | null;

  @Field(() => Count, { nullable: true })
  cacheWriteTokens: number | null;

  @Field(() => Count, { nullable: true })
  outputTokens: number | null;

  @Field(() => Count, { nullable: true, description: 'Part of the output.' })
  reasoningTokens: number | null;

  @Field(() => Float, { nullable: true, description: 'Of all input, the part that came out of a cache, 0 to 1.' })
  cacheHitRatio: number | null;

  @Field(() => Int)
  turnsWithoutUsage: number;

  @Field(() => Decimal, { nullable: true, description: 'The sum of what is known.' })
  cost: string | null;

  @Field(() => Int)
  unpricedTurns: number;

  @Field(() => Int, { description: 'Turns that are not rated yet.' })
  unratedTurns: number;
}

@ObjectType('Conversation')
export class ConversationType {
  @Field(() => ID)
  id: string;

  @Field(() => String, { nullable: true, description: 'Its id as the caller or the upstream stated it.' })
  statedId: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'How it was put together: `header`, `provider_id`, `session_header` or `prefix`; null = one turn.',
  })
  inferredBy: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'What was asked first; null = it is not recorded, or the viewer may read no bodies.',
  })
  title: string | null;

  @Field(() => ConversationStatus)
  status: ConversationStatus;

  @Field(() => DateTime)
  startedAt: Date;

  @Field(() => DateTime)
  lastTurnAt: Date;

  @Field(() => Float)
  durationMs: number;

  @Field(() => Int)
  turns: number;

  @Field(() => Int)
  failedTurns: number;

  @Field(() => Int)
  forks: number;

  @Field(() => Int)
  subAgents: number;

  @Field(() => ID)
  appId: string;

  @Field(() => String)
  app: string;

  @Field(() => String, { nullable: true })
  user: string | null;

  @Field(() => [String])
  environments: string[];

  @Field(() => [String])
  agents: string[];

  @Field(() => [String])
  providers: string[];

  @Field(() => [String])
  models: string[];

  @Field(() => String, { nullable: true, description: "Of the last failure: the upstream's own, else the gateway's." })
  errorCode: string | null;

  @Field(() => TranscriptUsage)
  usage: TranscriptUsage;
}

@ObjectType('ConversationPage')
export class ConversationPageType {
  @Field(() => [ConversationType])
  nodes: ConversationType[];

  @Field(() => String, { nullable: true })
  endCursor: string | null;

  @Field(() => Boolean)
  hasNextPage: boolean;
}
